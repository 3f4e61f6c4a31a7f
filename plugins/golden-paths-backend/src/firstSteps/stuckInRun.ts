import { ScaffolderRun } from '../scaffolderRuns/ScaffolderRun';
import { Stuck } from './DerivedFirstSteps';

/**
 * What a run of the scaffolder has not brought about, and why.
 *
 * @internal
 */
export function stuckInRun(
  step: 'repository' | 'catalog',
  options: {
    steps: { requestedAt: number; repositoryAt?: number; taskId?: string };
    run?: ScaffolderRun;
  },
): Stuck {
  const { steps, run } = options;
  const url = steps.taskId && `/create/tasks/${steps.taskId}`;
  if (run?.status === 'failed' || run?.status === 'cancelled') {
    return {
      step,
      since: run.endedAt ?? run.startedAt,
      reason: 'failed',
      message: whyItEnded(run),
      url,
    };
  }
  return {
    step,
    since: steps.repositoryAt ?? steps.requestedAt,
    reason: 'waiting',
    message:
      step === 'catalog'
        ? 'It is not in the catalog yet'
        : 'No repository was reported yet',
    url,
  };
}

function whyItEnded(run: ScaffolderRun): string {
  if (run.status === 'cancelled') {
    return 'The run was cancelled';
  }
  const where = run.failedStep ? ` at “${run.failedStep.name}”` : '';
  return `The run failed${where}${run.error ? `: ${run.error}` : ''}`;
}
