import { EmptyState } from '@waymark/ui';

/**
 * In place of an empty list: what a CI credential is, and how to get one.
 *
 * @internal
 */
export function NothingYet(props: { mayCreate: boolean }) {
  return (
    <EmptyState title="No CI credentials yet" headingLevel="h2">
      With a CI credential a pipeline tells this portal what it did: builds,
      tests, deployments, facts. It speaks for certain services only, ends on a
      day you choose, and can be revoked at any time. A service made on a golden
      path gets one by itself where its host keeps secrets for pipelines.{' '}
      {props.mayCreate
        ? 'Create one above. Its token is shown once; put it into the secrets of the pipeline.'
        : 'The owners of a service make one on its page, under CI access.'}
    </EmptyState>
  );
}
