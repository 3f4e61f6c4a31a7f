import type { Entity } from '@backstage/catalog-model';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  taskCreatePermission,
  templateManagementPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { Alert, Button, Container, Flex, Link, Text } from '@backstage/ui';
import {
  EmptyState,
  LoadingLines,
  ProblemNotice,
  readContact,
} from '@waymark/ui';
import { useId } from 'react';
import type { Path } from './describePath';
import { PathCard } from './PathCard';
import { PathFilters } from './PathFilters';
import { usePathFilter } from './usePathFilter';
import { usePaths } from './usePaths';

function Contact() {
  const contact = readContact(useApi(configApiRef));
  return contact ? (
    <Link href={contact.url}>{contact.name}</Link>
  ) : (
    <>the people who run this portal</>
  );
}

function Choices(props: {
  title: string;
  paths: Path[];
  mayCreate: boolean;
  mayManage: boolean;
}) {
  const { title, paths, ...rights } = props;
  const titleId = useId();
  if (paths.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby={titleId}>
      <Flex direction="column" gap="4">
        <Text as="h2" id={titleId} variant="title-x-small" weight="bold">
          {title}
        </Text>
        {paths.map(path => (
          <PathCard key={path.ref} path={path} {...rights} />
        ))}
      </Flex>
    </section>
  );
}

function Paths(props: {
  paths: Path[];
  mayCreate: boolean;
  mayManage: boolean;
}) {
  const { paths, ...rights } = props;
  const filter = usePathFilter(paths);
  if (paths.length === 0) {
    return (
      <EmptyState headingLevel="h2" title="There is nothing to create yet">
        Ask <Contact /> for a template of what you need.{' '}
        {rights.mayManage &&
          'Templates enter the catalog like everything else, by a file with kind: Template.'}
      </EmptyState>
    );
  }
  const golden = filter.shown.filter(({ isGoldenPath }) => isGoldenPath);
  const others = filter.shown.filter(({ isGoldenPath }) => !isGoldenPath);
  return (
    <>
      {paths.length > 1 && <PathFilters filter={filter} />}
      <div role="status">
        {filter.isFiltered && filter.shown.length > 0 && (
          <Text color="secondary">
            {filter.shown.length} of {paths.length}
          </Text>
        )}
      </div>
      {filter.shown.length === 0 && (
        <EmptyState
          headingLevel="h2"
          title="Nothing fits"
          action={
            <Button variant="secondary" onPress={filter.clear}>
              Show all
            </Button>
          }
        >
          Look for fewer words or tags, or ask <Contact /> for a path that is
          missing.
        </EmptyState>
      )}
      <Choices
        title="Golden paths for something new"
        paths={golden.filter(({ isFor }) => isFor === 'new')}
        {...rights}
      />
      <Choices
        title="Golden paths for what is there already"
        paths={golden.filter(({ isFor }) => isFor === 'existing')}
        {...rights}
      />
      <Choices
        title={golden.length > 0 ? 'Other templates' : 'Templates'}
        paths={others}
        {...rights}
      />
    </>
  );
}

/**
 * What there is to create, described so that one can choose.
 *
 * @internal
 */
export function ChoicePage(props: { isShown?: (template: Entity) => boolean }) {
  const { value: paths, error, retry } = usePaths(props.isShown);
  const { allowed: mayCreate, loading } = usePermission({
    permission: taskCreatePermission,
  });
  const { allowed: mayManage } = usePermission({
    permission: templateManagementPermission,
  });

  return (
    <Container py="6">
      <Flex direction="column" gap="5">
        {!loading && !mayCreate && (
          <Alert
            status="info"
            icon
            title="You may look at these, but not use them"
            description={
              <Text>
                They are for those who belong to a group that owns software. Ask{' '}
                <Contact /> if you need one.
              </Text>
            }
          />
        )}
        {error !== undefined && (
          <ProblemNotice
            title="The paths could not be read"
            error={error}
            onRetry={retry}
          />
        )}
        {!paths && error === undefined && (
          <LoadingLines label="Loading the paths" lines={8} />
        )}
        {paths && (
          <Paths paths={paths} mayCreate={mayCreate} mayManage={mayManage} />
        )}
      </Flex>
    </Container>
  );
}
