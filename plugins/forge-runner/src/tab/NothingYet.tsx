import { ButtonLink } from '@backstage/ui';
import type { EntityPipeline } from '@waymark/plugin-forge-runner-common';
import { EmptyState } from '@waymark/ui';
import type { ReactNode } from 'react';

/** In place of runs, where there are none: why, and what to do. */
export function NothingYet(props: {
  pipeline: EntityPipeline;
  /** Runs it, where that is possible. */
  action?: ReactNode;
}) {
  const { pipeline, action } = props;
  const { availability, repository } = pipeline;
  if (availability === 'no-repository') {
    return (
      <EmptyState title="Its repository is not known here">
        Pipelines run for repositories of the forge that comes with this portal.
        A new one is seen within a minute.
      </EmptyState>
    );
  }
  const toRepository = repository && (
    <ButtonLink variant="secondary" size="small" href={repository.url}>
      Open the repository
    </ButtonLink>
  );
  if (availability === 'no-scripts') {
    return (
      <EmptyState title="It has no pipeline yet" action={toRepository}>
        A repository is run once it holds stage scripts in the folder{' '}
        <code>ci/</code>, such as <code>ci/test</code>, <code>ci/build</code>{' '}
        and <code>ci/start</code>. Services of a golden path come with them.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="It was not run yet" action={action ?? toRepository}>
      The repository was there before pipelines ran here. Its next push to{' '}
      {repository?.defaultBranch} is run.
    </EmptyState>
  );
}
