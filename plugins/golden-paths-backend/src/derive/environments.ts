import { DerivedEnvironment } from './Derived';
import { eventsBefore } from './eventsBefore';
import { environmentName, Fact } from './Fact';
import { readTime } from './texts';
import { TimeIndex } from './TimeIndex';

const REQUESTS = [
  'pipelinerun.queued',
  'pipelinerun.started',
  'ticket.created',
];

/**
 * Environments, each from its creation to its deletion: one that is created again is
 * another one. Created twice without a deletion, it is there since the first time, or
 * since it was first observed.
 *
 * The request for it is what `customData.requestedAt` says, else the first pipeline
 * run or ticket before it of the same chain, or that links lead to.
 *
 * @internal
 */
export function findEnvironments(facts: Fact[]): DerivedEnvironment[] {
  const requests = facts.filter(({ event }) => REQUESTS.includes(event.type));
  const byChain = new TimeIndex({
    items: requests,
    keys: ({ chainId }) => (chainId ? [chainId] : []),
    at: ({ event }) => event.occurredAt,
  });
  const before = eventsBefore(facts);
  const requestedAt = (fact: Fact) =>
    [
      readTime(fact.custom.requestedAt),
      fact.chainId && byChain.any(fact.chainId)?.event.occurredAt,
      ...before(fact)
        .filter(({ event }) => REQUESTS.includes(event.type))
        .map(({ event }) => event.occurredAt)
        .sort((a, b) => a - b),
    ].find(
      time => typeof time === 'number' && time <= fact.event.occurredAt,
    ) as number | undefined;

  const all: DerivedEnvironment[] = [];
  const present = new Map<string, DerivedEnvironment>();
  for (const fact of facts) {
    const { event, subjectId } = fact;
    const environment = environmentName(subjectId);
    if (!environment) {
      continue;
    }
    const known = present.get(environment);
    if (event.type === 'environment.deleted') {
      if (known) {
        known.deletedAt = event.occurredAt;
      }
      present.delete(environment);
    } else if (event.type === 'environment.created') {
      if (!known) {
        const created = {
          environment,
          eventSequence: event.sequence,
          requestedAt: requestedAt(fact),
          createdAt: event.occurredAt,
          observed: event.observed,
          sample: event.sample,
        };
        present.set(environment, created);
        all.push(created);
      } else {
        if (event.observed && !known.observed) {
          known.eventSequence = event.sequence;
          known.createdAt = event.occurredAt;
          known.observed = true;
          known.sample = event.sample;
        }
        const asked = requestedAt(fact);
        // What was asked for after it was there was not asked for with it
        if (asked !== undefined && asked <= known.createdAt) {
          known.requestedAt ??= asked;
        }
      }
    }
  }
  return all;
}
