import { Derived, DerivedPipelineRun } from '../derive/Derived';
import { DerivedFirstSteps, Stuck } from './DerivedFirstSteps';

const NOTHING_HEARD = {
  pipeline: 'No pipeline has reported a run that succeeded yet',
  artifact: 'No artifact was reported yet',
  staging: 'No deployment was seen yet',
};

/**
 * What the pipelines of a service have not brought about, and why.
 *
 * @internal
 */
export function stuckInPipeline(
  step: 'pipeline' | 'artifact' | 'staging',
  options: {
    steps: Omit<DerivedFirstSteps, 'stuck'>;
    derived: Pick<Derived, 'deployments' | 'pipelineRuns'>;
  },
): Stuck {
  const { steps, derived } = options;
  const last = latest(derived.pipelineRuns, beganAt, ({ runId }) => runId);
  if (last?.outcome && last.outcome !== 'success') {
    const what = last.name ? `The pipeline “${last.name}”` : 'The pipeline';
    return {
      step,
      since: last.finishedAt ?? last.startedAt ?? steps.requestedAt,
      reason: 'failed',
      message: `${what} ${
        last.outcome === 'cancel' ? 'was cancelled' : 'failed'
      }`,
      url: last.url,
    };
  }
  if (last && !last.outcome) {
    return {
      step,
      since: last.startedAt ?? steps.requestedAt,
      reason: 'waiting',
      message: 'A pipeline is running',
      url: last.url,
    };
  }

  const claim = latest(
    derived.deployments.filter(
      ({ tier, observed }) => tier === 'staging' && !observed,
    ),
    ({ deployedAt }) => deployedAt,
    ({ environment }) => environment,
  );
  if (step !== 'pipeline' && claim) {
    return {
      step: 'staging',
      since: claim.deployedAt,
      reason: 'waiting',
      message:
        'A pipeline says that it was deployed; nothing has seen it running yet',
      url: claim.url ?? last?.url,
    };
  }
  const since = {
    pipeline: steps.repositoryAt,
    artifact: steps.pipelineAt,
    staging: steps.artifactAt,
  }[step];
  return {
    step,
    since: since ?? steps.requestedAt,
    reason: 'waiting',
    message: NOTHING_HEARD[step],
    url: last?.url,
  };
}

function beganAt(run: DerivedPipelineRun): number {
  return run.startedAt ?? run.finishedAt ?? 0;
}

/** Of two at one moment, that with the larger id: in whatever order they came. */
function latest<T>(
  items: readonly T[],
  time: (item: T) => number,
  id: (item: T) => string,
): T | undefined {
  return [...items]
    .sort((a, b) => time(a) - time(b) || (id(a) < id(b) ? -1 : 1))
    .at(-1);
}
