import { Weeks } from '../calendar/Weeks';
import { bucketOf } from '../statistics/durations';
import { Derived, DerivedRollup, Measure } from './Derived';
import { hasFailed } from './pipelineRuns';

/**
 * Adds up by week what was derived. Only observed deployments and environments
 * count; claims are counted apart.
 *
 * @internal
 */
export function rollUp(
  derived: Omit<Derived, 'rollups'>,
  weeks: Weeks,
): DerivedRollup[] {
  const sums = new Map<string, DerivedRollup>();
  const add = (measure: Measure, at: number, bucket: number, total: number) => {
    const week = weeks.weekOf(at);
    const key = `${measure} ${week} ${bucket}`;
    const sum = sums.get(key);
    if (sum) {
      sum.count += 1;
      sum.total += total;
    } else {
      sums.set(key, { measure, week, bucket, count: 1, total });
    }
  };
  const count = (measure: Measure, at: number) => add(measure, at, 0, 0);
  const time = (measure: Measure, from: number | undefined, to?: number) => {
    if (from !== undefined && to !== undefined) {
      add(measure, to, bucketOf(to - from), to - from);
    }
  };

  for (const deployment of derived.deployments) {
    const { tier, kind, observed, deployedAt } = deployment;
    if (kind === 'removed') {
      continue;
    }
    if (tier === 'staging' && observed) {
      count('deployments-staging', deployedAt);
    }
    if (tier === 'production' && !observed) {
      count('deployments-claimed', deployedAt);
    }
    if (tier === 'production' && observed) {
      count('deployments', deployedAt);
      if (deployment.failedAt !== undefined) {
        count('deployments-failed', deployedAt);
        time('recovery-time', deployment.failedAt, deployment.recoveredAt);
      }
      if (deployment.rework) {
        count('deployments-rework', deployedAt);
      }
    }
  }
  for (const { mergedAt, deployedAt } of derived.changes) {
    time('change-lead-time', mergedAt, deployedAt);
  }
  for (const environment of derived.environments) {
    if (environment.observed) {
      time('environment-time', environment.requestedAt, environment.createdAt);
    }
  }
  for (const run of derived.pipelineRuns) {
    if (run.finishedAt !== undefined) {
      count('pipeline-runs', run.finishedAt);
      if (hasFailed(run)) {
        count('pipeline-failures', run.finishedAt);
      }
      time('pipeline-duration', run.startedAt, run.finishedAt);
    }
  }
  for (const { detectedAt } of derived.incidents) {
    count('incidents', detectedAt);
  }
  for (const { createdAt } of derived.tickets) {
    count('tickets', createdAt);
  }
  return [...sums.values()];
}
