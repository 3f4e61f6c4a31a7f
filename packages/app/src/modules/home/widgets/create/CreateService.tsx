import { DEFAULT_NAMESPACE, type Entity } from '@backstage/catalog-model';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { ButtonLink, Flex, Link } from '@backstage/ui';
import {
  compareTemplates,
  readGoldenPath,
} from '@waymark/plugin-scaffolder-module-golden-path';
import {
  EmptyState,
  LoadingLines,
  nameOf,
  ProblemNotice,
  readContact,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { NAME_FIELDS } from '../shared/entityAddress';
import { Thing, ThingList } from '../shared/ThingList';
import styles from './CreateService.module.css';

const SHOWN = 6;

/** As many as the catalog gives at a time; the best of them are shown. */
const READ = 200;

function toFormPath({ metadata }: Entity): string {
  const { name, namespace = DEFAULT_NAMESPACE } = metadata;
  return `/create/templates/${[namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

/** What one gets, in a sentence. */
const describe = (template: Entity): string | undefined =>
  readGoldenPath(template).description.summary ?? template.metadata.description;

/** The golden paths that the reader may run. */
export function CreateService() {
  const catalogApi = useApi(catalogApiRef);
  const contact = readContact(useApi(configApiRef));
  const load = useCallback(
    () =>
      catalogApi.queryEntities({
        filter: { kind: 'Template' },
        fields: [
          ...NAME_FIELDS,
          'metadata.description',
          'spec.goldenPath.for',
          'spec.goldenPath.summary',
        ],
        limit: READ,
      }),
    [catalogApi],
  );
  const { value, error, retry } = useLoaded(load);

  if (error) {
    return (
      <ProblemNotice
        title="The golden paths could not be read"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <LoadingLines label="Loading the golden paths" lines={6} />;
  }
  const { totalItems } = value;
  const items = [...value.items].sort(compareTemplates).slice(0, SHOWN);
  if (items.length === 0) {
    return (
      <EmptyState
        isPlain
        title="No golden path for you yet"
        action={
          <ButtonLink
            href={
              contact?.url ??
              '/docs/default/component/waymark/authoring-templates/'
            }
            variant="secondary"
          >
            {contact ? `Ask ${contact.name}` : 'Write the first one'}
          </ButtonLink>
        }
      >
        A golden path is a form that turns a few answers into a repository that
        builds, tests and documents itself.
      </EmptyState>
    );
  }
  return (
    <Flex direction="column" gap="3">
      <ThingList label="Golden paths" isGrid>
        {items.map(template => (
          <Thing
            key={toFormPath(template)}
            href={toFormPath(template)}
            title={nameOf(template)}
            detail={
              <span className={styles.description}>{describe(template)}</span>
            }
          />
        ))}
      </ThingList>
      <Link href="/create">
        {totalItems > items.length
          ? `Compare all ${totalItems} golden paths`
          : 'Compare them'}
      </Link>
    </Flex>
  );
}
