import { Deployment, isDeployment } from './Deployment';
import { Fact } from './Fact';
import { Incident } from './incidents';
import { readText } from './texts';
import { earliest, latest } from './times';
import { TimeIndex } from './TimeIndex';

interface Failures {
  incidents: Incident[];
  attempts: number[];
  rolledBackAt?: number;
}

/**
 * Says of deployments whether they failed, when they were recovered from, and which of
 * them are rework.
 *
 * A deployment failed when an incident was laid to it, when an attempt to deploy the
 * same there failed later on, or when it was rolled back.
 *
 * - With incidents, it failed when the first one was detected, and was recovered
 *   from when the last one was resolved.
 * - Else, with a failed attempt, it failed then, and was recovered from with the next
 *   deployment there.
 * - Else it failed from the beginning, and was recovered from with the rollback.
 *
 * Rework is every rollback, the last deployment before an incident was resolved that
 * was made after it had been detected, and whatever names an incident that it mends.
 *
 * @internal
 */
export function markFailures(options: {
  deployments: Deployment[];
  incidents: Incident[];
  /** See {@link findFailedAttempts}. */
  attempts: Fact[];
}): void {
  const deployments = options.deployments.filter(isDeployment);
  const failures = new Map<Deployment, Failures>();
  const failuresOf = (deployment: Deployment) => {
    const known = failures.get(deployment) ?? { incidents: [], attempts: [] };
    failures.set(deployment, known);
    return known;
  };

  for (const incident of options.incidents) {
    if (incident.cause) {
      failuresOf(incident.cause).incidents.push(incident);
    }
  }
  for (const deployment of deployments) {
    if (deployment.tookBack) {
      failuresOf(deployment.tookBack).rolledBackAt = deployment.row.deployedAt;
    }
  }
  for (const { deployment, at } of failedAttempts({
    ...options,
    deployments,
  })) {
    failuresOf(deployment).attempts.push(at);
  }

  const observed = new TimeIndex({
    items: deployments.filter(({ row }) => row.observed),
    keys: ({ row }) => [row.environment],
    at: ({ row }) => row.deployedAt,
  });
  for (const [{ row }, { incidents, attempts, rolledBackAt }] of failures) {
    const detectedAt = earliest(
      incidents.map(incident => incident.row.detectedAt),
    );
    const attemptedAt = earliest(attempts);
    if (detectedAt !== undefined) {
      const ends = incidents.flatMap(incident => incident.row.resolvedAt ?? []);
      row.failedBy = 'incident';
      row.failedAt = Math.max(row.deployedAt, detectedAt);
      row.recoveredAt =
        ends.length === incidents.length
          ? latest([...ends, row.failedAt])
          : undefined;
    } else if (attemptedAt !== undefined) {
      row.failedBy = 'attempt';
      row.failedAt = attemptedAt;
      row.recoveredAt = observed.first(
        row.environment,
        attemptedAt + 1,
      )?.row.deployedAt;
    } else {
      row.failedBy = 'rollback';
      row.failedAt = row.deployedAt;
      row.recoveredAt = rolledBackAt;
    }
  }
  markRework(deployments, options.incidents);
}

/** What failed where it says it deployed, and what had been deployed there. */
function failedAttempts(options: {
  deployments: Deployment[];
  attempts: Fact[];
}): { deployment: Deployment; at: number }[] {
  if (options.attempts.length === 0) {
    return [];
  }
  const keysOf = ({ chainId, artifact, revision }: Fact, environment: string) =>
    Object.entries({ chainId, artifact, revision }).flatMap(([name, value]) =>
      value ? [`${environment} ${name} ${value}`] : [],
    );
  const byKey = new TimeIndex({
    items: options.deployments,
    keys: ({ row, facts }) =>
      facts.flatMap(fact => keysOf(fact, row.environment)),
    at: ({ row }) => row.deployedAt,
  });
  return options.attempts.flatMap(attempt => {
    const at = attempt.event.occurredAt;
    const deployment = keysOf(attempt, attempt.environment ?? '')
      .map(key => byKey.last(key, at))
      .find(Boolean);
    return deployment ? [{ deployment, at }] : [];
  });
}

function markRework(deployments: Deployment[], incidents: Incident[]): void {
  const mending = new Set(incidents.map(({ mendedBy }) => mendedBy));
  const names = new Set(
    incidents.flatMap(({ row, eventIds }) => [
      `incident ${row.incidentId}`,
      ...eventIds.map(id => `event ${id}`),
    ]),
  );
  for (const deployment of deployments) {
    const { row, facts } = deployment;
    const named = facts.flatMap(({ custom, links }) => [
      `incident ${readText(custom.incident)}`,
      ...links.map(id => `event ${id}`),
    ]);
    row.rework =
      row.kind === 'rolledback' ||
      mending.has(deployment) ||
      named.some(name => names.has(name));
  }
}
