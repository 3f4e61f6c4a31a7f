import { Derived } from '../derive/Derived';
import { ScaffolderRun } from '../scaffolderRuns/ScaffolderRun';
import { DerivedFirstSteps, Stuck } from './DerivedFirstSteps';
import { stuckInPipeline } from './stuckInPipeline';
import { stuckInRun } from './stuckInRun';

/**
 * The first step that a new service has not come to, and why. What has come further
 * is not held up by what was not heard on the way; production is not a matter of
 * the first day.
 *
 * @internal
 */
export function findStuck(options: {
  steps: Omit<DerivedFirstSteps, 'stuck'>;
  derived: Pick<Derived, 'deployments' | 'pipelineRuns'>;
  run?: ScaffolderRun;
  /** Since whenever. */
  isInCatalog: boolean;
}): Stuck | undefined {
  const { steps, derived } = options;
  const { repositoryAt, pipelineAt, artifactAt, stagingAt, catalogAt } = steps;

  if (stagingAt !== undefined || steps.productionAt !== undefined) {
    return catalogAt === undefined && !options.isInCatalog
      ? stuckInRun('catalog', options)
      : undefined;
  }
  if (artifactAt !== undefined) {
    return stuckInPipeline('staging', options);
  }
  if (pipelineAt !== undefined) {
    return stuckInPipeline('artifact', options);
  }
  return repositoryAt === undefined && derived.pipelineRuns.length === 0
    ? stuckInRun('repository', options)
    : stuckInPipeline('pipeline', options);
}
