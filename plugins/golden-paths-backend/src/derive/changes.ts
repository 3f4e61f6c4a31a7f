import { countLeading } from './countLeading';
import { DerivedChange } from './Derived';
import { Deployment, isDeployment } from './Deployment';
import { eventsBefore } from './eventsBefore';
import { Fact } from './Fact';
import { latest } from './times';
import { TimeIndex } from './TimeIndex';

interface Change {
  row: DerivedChange;
  facts: Fact[];
}

interface Release {
  deployment: Deployment;
  keys: string[];
  /** It holds whatever was merged until then. */
  contentsUntil: number;
  /** Its contents are known by a change that it names. */
  known: boolean;
}

/**
 * Finds the first observed deployment to production that holds each change.
 *
 * 1. A deployment names a change when both have the same `chainId`, when links lead
 *    from the deployment, or from the artifact that it deploys, back to the change, or
 *    when both are of the same commit or artifact. Such a deployment holds all that was
 *    merged until the last change that it names.
 * 2. A change that is named by a deployment came with the first one known to hold it.
 * 3. Any other change came with the first deployment after the merge, unless that is
 *    known to hold only what was merged earlier.
 *
 * Rollbacks bring nothing new. Until production is observed for the first time, claims
 * stand in: what came with one of them is not laid to a later deployment, and its time
 * is not known. Sets the lead time of deployments.
 *
 * @internal
 */
export function findChanges(options: {
  facts: Fact[];
  deployments: Deployment[];
}): DerivedChange[] {
  const { facts, deployments } = options;
  const changes = readChanges(facts);
  if (changes.length === 0) {
    return [];
  }
  const releases = findReleases({ facts, deployments, changes });
  const byKey = new TimeIndex({
    items: releases,
    keys: ({ keys }) => keys,
    at: ({ deployment }) => deployment.row.deployedAt,
  });
  const firstKnown = firstHolding(releases.filter(({ known }) => known));
  const firstOfAll = firstHolding(releases);

  for (const { row, facts: own } of changes) {
    const isNamed = keysOf(own, 'is').some(key =>
      byKey.first(key, row.mergedAt),
    );
    const release = isNamed
      ? firstKnown(row.mergedAt)
      : firstOfAll(row.mergedAt);
    const deployment = release?.deployment.row;
    if (deployment?.observed) {
      row.deploymentSequence = deployment.eventSequence;
      row.deployedAt = deployment.deployedAt;
      deployment.leadTime = Math.max(
        deployment.leadTime ?? 0,
        deployment.deployedAt - row.mergedAt,
      );
    }
  }
  return changes.map(({ row }) => row);
}

/** A change is merged once: what says so again adds nothing but what was missing. */
function readChanges(facts: Fact[]): Change[] {
  const changes = new Map<string, Change>();
  for (const fact of facts) {
    if (fact.event.type !== 'change.merged') {
      continue;
    }
    const { event, subjectId } = fact;
    // Some have no other name than their commit
    const revision =
      fact.revision ??
      (/^[0-9a-f]{40,64}$/i.test(subjectId)
        ? subjectId.toLowerCase()
        : undefined);
    const known = changes.get(subjectId);
    if (known) {
      known.facts.push({ ...fact, revision });
      known.row.revision ??= revision;
      known.row.url ??= fact.url;
    } else {
      changes.set(subjectId, {
        facts: [{ ...fact, revision }],
        row: {
          changeId: subjectId,
          eventSequence: event.sequence,
          revision,
          mergedAt: event.occurredAt,
          sample: event.sample,
          url: fact.url,
        },
      });
    }
  }
  return [...changes.values()];
}

function findReleases(options: {
  facts: Fact[];
  deployments: Deployment[];
  changes: Change[];
}): Release[] {
  const byKey = new TimeIndex({
    items: options.changes,
    keys: ({ facts }) => keysOf(facts, 'is'),
    at: ({ row }) => row.mergedAt,
  });
  const before = eventsBefore(options.facts);
  const published = new Map<string, Fact>();
  for (const fact of options.facts) {
    const { event, artifact } = fact;
    if (
      event.type === 'artifact.published' &&
      artifact &&
      !published.has(artifact)
    ) {
      published.set(artifact, fact);
    }
  }

  const toProduction = options.deployments.filter(
    deployment =>
      isDeployment(deployment) &&
      deployment.row.tier === 'production' &&
      deployment.row.kind !== 'rolledback',
  );
  const isObserved = ({ row }: Deployment) => row.observed;
  const begin = toProduction.findIndex(isObserved);
  return toProduction
    .filter((deployment, place) => isObserved(deployment) || place < begin)
    .map(deployment => {
      const { artifact, deployedAt } = deployment.row;
      const made = artifact ? published.get(artifact) : undefined;
      const reports = made ? [...deployment.facts, made] : deployment.facts;
      const keys = [
        ...keysOf(reports, 'after'),
        ...reports.flatMap(before).map(({ event }) => `is ${event.id}`),
      ];
      const lastNamed = latest(
        keys.flatMap(key => byKey.last(key, deployedAt)?.row.mergedAt ?? []),
      );
      return {
        deployment,
        keys,
        known: lastNamed !== undefined,
        contentsUntil: lastNamed ?? deployedAt,
      };
    });
}

/** What an event is found by; an event itself only by what comes after it. */
function keysOf(facts: Fact[], self: 'is' | 'after'): string[] {
  return facts.flatMap(({ event, chainId, revision, artifact }) => [
    ...(self === 'is' ? [`is ${event.id}`] : []),
    ...(chainId ? [`chain ${chainId}`] : []),
    ...(revision ? [`revision ${revision}`] : []),
    ...(artifact ? [`artifact ${artifact}`] : []),
  ]);
}

/** @param releases - the earliest first */
function firstHolding(
  releases: Release[],
): (mergedAt: number) => Release | undefined {
  // Only one that holds more than all before it is the first to hold anything
  const steps: Release[] = [];
  for (const release of releases) {
    const last = steps[steps.length - 1];
    if (!last || release.contentsUntil > last.contentsUntil) {
      steps.push(release);
    }
  }
  return mergedAt =>
    steps[countLeading(steps, ({ contentsUntil }) => contentsUntil < mergedAt)];
}
