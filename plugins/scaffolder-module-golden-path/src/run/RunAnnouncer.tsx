import { VisuallyHidden } from '@backstage/ui';
import type { Run } from './readRun';

function describeProgress({ state, steps }: Run): string {
  const index = steps.findIndex(step => step.state === 'running');
  switch (state) {
    case 'done':
      return 'The run is done.';
    case 'failed':
      return 'The run failed.';
    case 'cancelled':
      return 'The run was cancelled.';
    case 'cancelling':
      return 'The run is being stopped.';
    default:
      return index >= 0
        ? `Step ${index + 1} of ${steps.length}: ${steps[index].name}`
        : 'The run waits for its turn.';
  }
}

/**
 * Tells those who do not see the page how far the run is, whenever that changes.
 *
 * @internal
 */
export function RunAnnouncer(props: { run: Run }) {
  return (
    <VisuallyHidden>
      <div role="status" aria-label="Progress">
        {describeProgress(props.run)}
      </div>
    </VisuallyHidden>
  );
}
