import { Deployment } from './Deployment';
import { DerivedDeployment, Tier } from './Derived';
import { Fact } from './Fact';
import { markRollbacks } from './markRollbacks';

const KINDS: Partial<Record<string, DerivedDeployment['kind']>> = {
  'service.deployed': 'deployed',
  'service.upgraded': 'upgraded',
  'service.rolledback': 'rolledback',
  'service.removed': 'removed',
};

/**
 * All deployments, the earliest first.
 *
 * - What several observers saw is one deployment, at the time of the first of them:
 *   the same artifact in the same environment, and nothing else between them. An
 *   observer that sees it a second time saw another deployment.
 * - What was observed and what a pipeline claims is one deployment, too, shown as
 *   observed: the same artifact in the same environment, and nothing else was
 *   observed there between the two.
 * - What only pipelines claim is shown as a claim.
 *
 * @internal
 */
export function findDeployments(options: {
  facts: Fact[];
  tierOf: (environment: string) => Tier;
}): Deployment[] {
  const { facts, tierOf } = options;
  const places = new Map(facts.map((fact, index) => [fact, index]));
  const placeOf = (fact: Fact) => places.get(fact) ?? 0;

  const byEnvironment = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (KINDS[fact.event.type] && fact.environment) {
      const others = byEnvironment.get(fact.environment);
      if (others) {
        others.push(fact);
      } else {
        byEnvironment.set(fact.environment, [fact]);
      }
    }
  }

  return [...byEnvironment]
    .flatMap(([environment, reports]) => {
      const observed = joinReports(
        reports.filter(({ event }) => event.observed),
      );
      const claims = joinClaims({
        observed,
        claims: reports.filter(({ event }) => !event.observed),
        placeOf,
      });
      const tier = tierOf(environment);
      const deployments = observed.map(group =>
        describe(group, environment, tier),
      );
      markRollbacks(deployments);
      return [
        ...deployments,
        ...claims.map(group => describe(group, environment, tier)),
      ];
    })
    .sort((a, b) => placeOf(a.facts[0]) - placeOf(b.facts[0]));
}

function isRemoval(fact: Fact): boolean {
  return fact.event.type === 'service.removed';
}

function isOfTheSame(a: Fact, b: Fact): boolean {
  if (isRemoval(a) || isRemoval(b)) {
    return isRemoval(a) && isRemoval(b);
  }
  return (
    (a.artifact !== undefined && a.artifact === b.artifact) ||
    (a.revision !== undefined && a.revision === b.revision)
  );
}

function joinReports(reports: Fact[]): Fact[][] {
  const groups: Fact[][] = [];
  let current: Fact[] | undefined;
  let senders = new Set<string>();
  for (const report of reports) {
    const { source } = report.event;
    if (current && !senders.has(source) && isOfTheSame(current[0], report)) {
      current.push(report);
    } else {
      current = [report];
      groups.push(current);
      senders = new Set();
    }
    senders.add(source);
  }
  return groups;
}

/** @returns those that nobody observed */
function joinClaims(options: {
  observed: Fact[][];
  claims: Fact[];
  placeOf: (fact: Fact) => number;
}): Fact[][] {
  const { observed, claims, placeOf } = options;
  const starts = observed.map(group => placeOf(group[0]));
  const seen = observed.map(group => [...group]);
  const rest: Fact[][] = [];
  let next = 0;
  let between: Fact[] = [];
  const closeGap = () => {
    for (const group of joinReports(between)) {
      rest.push(group);
    }
    between = [];
  };
  for (const claim of claims) {
    while (next < starts.length && starts[next] < placeOf(claim)) {
      closeGap();
      next++;
    }
    // One observer may know the artifact, and another one the commit
    const place = [next - 1, next].find(index =>
      seen[index]?.some(report => isOfTheSame(report, claim)),
    );
    if (place !== undefined) {
      observed[place].push(claim);
    } else {
      between.push(claim);
    }
  }
  closeGap();
  return rest;
}

function describe(facts: Fact[], environment: string, tier: Tier): Deployment {
  const [{ event }] = facts;
  const kinds = facts
    .filter(fact => fact.event.observed === event.observed)
    .map(fact => KINDS[fact.event.type]);
  const first = <K extends 'artifact' | 'revision' | 'url'>(key: K) =>
    facts.find(fact => fact[key])?.[key];
  return {
    facts,
    row: {
      eventSequence: event.sequence,
      environment,
      tier,
      kind: kinds.includes('rolledback')
        ? 'rolledback'
        : kinds[0] ?? 'deployed',
      deployedAt: event.occurredAt,
      observed: event.observed,
      sample: event.sample,
      artifact: first('artifact'),
      revision: first('revision'),
      rework: false,
      url: first('url'),
    },
  };
}
