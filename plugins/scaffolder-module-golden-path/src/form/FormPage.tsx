import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  BreadcrumbEntry,
  identityApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import type { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import { ButtonLink, Container, Flex } from '@backstage/ui';
import {
  AskPlatformTeam,
  EmptyState,
  LoadingLines,
  ProblemNotice,
  useLoaded,
} from '@waymark/ui';
import { useCallback, type ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { goldenPathApiRef } from '../api';
import { describePath } from '../paths/describePath';
import { customFields } from './customFields';
import { KeptAnswers } from './KeptAnswers';
import { PathForm } from './PathForm';
import { PathIntroduction } from './PathIntroduction';

/**
 * Whether the form can be ours: it keeps answers and says when something does not
 * work. What only the scaffolder's own page knows stays with that page.
 */
function canBeOurs(template: Entity, fields: FieldExtensionOptions[]): boolean {
  const { formDecorators, EXPERIMENTAL_formDecorators: older } =
    template.spec ?? {};
  const known = new Set(fields.map(({ name }) => name));
  return (
    !formDecorators &&
    !older &&
    customFields(template).every(name => known.has(name))
  );
}

/**
 * The form of a template: what it makes, then the scaffolder's form.
 *
 * @internal
 */
export function FormPage(props: {
  fields: FieldExtensionOptions[];
  theme: 'mui' | 'bui';
  /** The scaffolder's own page of the form. */
  stock: ReactNode;
}) {
  const { fields, theme, stock } = props;
  const { namespace = '', templateName: name = '' } = useParams();
  const catalogApi = useApi(catalogApiRef);
  const goldenPathApi = useApi(goldenPathApiRef);
  const identityApi = useApi(identityApiRef);
  const toCreate = useRouteRef(scaffolderPlugin.routes.root);
  const templateRef = stringifyEntityRef({ kind: 'Template', namespace, name });

  const { value, error, retry } = useLoaded(
    useCallback(async () => {
      const [entity, { userEntityRef }, [usual]] = await Promise.all([
        catalogApi.getEntityByRef(templateRef),
        identityApi.getBackstageIdentity(),
        goldenPathApi.getUsualDurations([templateRef]).catch(() => []),
      ]);
      return {
        path: entity && describePath(entity, usual),
        kept: new KeptAnswers({ templateRef, userEntityRef }),
      };
    }, [catalogApi, goldenPathApi, identityApi, templateRef]),
  );

  if (!value) {
    return (
      <Container py="6">
        {error === undefined ? (
          <LoadingLines label="Loading the form" lines={8} />
        ) : (
          <ProblemNotice
            title="The form could not be read"
            error={error}
            onRetry={retry}
          />
        )}
      </Container>
    );
  }

  const { path, kept } = value;
  if (!path) {
    return (
      <Container py="6">
        <EmptyState
          headingLevel="h2"
          title={`There is no template ${name}`}
          action={
            toCreate && (
              <ButtonLink href={toCreate()} variant="primary">
                See what there is to create
              </ButtonLink>
            )
          }
        >
          It may have been renamed or taken away, or it is not open to you.
        </EmptyState>
      </Container>
    );
  }

  return (
    <BreadcrumbEntry entry={{ label: path.title, href: '.' }}>
      <Container pt="6">
        <PathIntroduction path={path} />
        <Flex mt="3">
          <AskPlatformTeam about={{ templateRef: path.ref }} />
        </Flex>
      </Container>
      {canBeOurs(path.entity, fields) ? (
        <PathForm
          key={path.ref}
          path={path}
          kept={kept}
          fields={fields}
          theme={theme}
        />
      ) : (
        stock
      )}
    </BreadcrumbEntry>
  );
}
