import { Derived, SourceEvent } from '../derive/Derived';
import { isScaffolderRun } from '../scaffolderRuns/isScaffolderRun';
import { ScaffolderRun } from '../scaffolderRuns/ScaffolderRun';
import { DerivedFirstSteps } from './DerivedFirstSteps';
import { findRequest, makesService } from './findRequest';
import { findStuck } from './findStuck';

/** How the steps that enter a service in the catalog are called by the paths. */
const CATALOG_ACTIONS = new Set(['golden-path:ingest', 'catalog:register']);

/**
 * How a service came to life: from the start of the run that made it to its first
 * observed deployments. The same events give the same, in whatever order they came.
 *
 * @param options - `events`: all of the entity; `derived`: what was derived from them;
 * `catalogAt`: when the entity was first seen in the catalog, `knownSince`: since when
 * anything was seen there at all; `run`: the run that made it, where the scaffolder
 * still knows it
 * @returns undefined when no run made it
 * @internal
 */
export function deriveFirstSteps(options: {
  events: readonly SourceEvent[];
  derived: Pick<Derived, 'deployments' | 'pipelineRuns'>;
  catalogAt?: number;
  knownSince?: number;
  run?: ScaffolderRun;
}): DerivedFirstSteps | undefined {
  const { events, derived, catalogAt, knownSince = 0, run } = options;
  const request = findRequest(events, run);
  if (!request) {
    return undefined;
  }
  const firstOf = (type: string) =>
    earliest(
      events.filter(event => event.type === type).map(e => e.occurredAt),
    );
  const deployedTo = (tier: 'staging' | 'production') =>
    earliest(
      derived.deployments
        .filter(
          deployment =>
            deployment.tier === tier &&
            deployment.observed &&
            deployment.kind !== 'removed',
        )
        .map(({ deployedAt }) => deployedAt),
    );
  const entered = run?.steps.find(
    ({ action, status }) =>
      status === 'completed' && CATALOG_ACTIONS.has(action ?? ''),
  )?.endedAt;

  const steps: Omit<DerivedFirstSteps, 'stuck'> = {
    ...request,
    repositoryAt: firstOf('repository.created'),
    pipelineAt: earliest(
      derived.pipelineRuns
        .filter(({ outcome }) => outcome === 'success')
        .map(({ finishedAt }) => finishedAt),
    ),
    artifactAt: firstOf('artifact.published'),
    stagingAt: deployedTo('staging'),
    catalogAt: earliest([
      // Of a service that is older than the portal, it says nothing
      request.requestedAt < knownSince ? undefined : catalogAt,
      entered,
      endOfFirstSuccess(events),
    ]),
    productionAt: deployedTo('production'),
  };
  return {
    ...steps,
    stuck: findStuck({
      steps,
      derived,
      run,
      isInCatalog: catalogAt !== undefined,
    }),
  };
}

/** A path that succeeded has entered what it made in the catalog. */
function endOfFirstSuccess(events: readonly SourceEvent[]): number | undefined {
  return earliest(
    events
      .filter(
        event =>
          event.type === 'pipelinerun.finished' &&
          isScaffolderRun(event) &&
          makesService(event) &&
          event.data.subject.content.outcome === 'success',
      )
      .map(({ occurredAt }) => occurredAt),
  );
}

function earliest(times: (number | undefined)[]): number | undefined {
  const known = times.filter(time => time !== undefined);
  // Not by spreading: a service may have a great many events
  return known.length === 0
    ? undefined
    : known.reduce((first, time) => Math.min(first, time));
}
