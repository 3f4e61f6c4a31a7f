import { Fact } from './Fact';

/** Enough for a change, its review, build, tests, artifact and deployment. */
const MAX_EVENTS = 100;

/**
 * Follows links from an event to those before it, over several steps. What came
 * before a deployment on the way is left to that one.
 *
 * @internal
 */
export function eventsBefore(facts: Fact[]): (fact: Fact) => Fact[] {
  let byId: Map<string, Fact> | undefined;

  return fact => {
    if (fact.links.length === 0) {
      return [];
    }
    byId ??= indexById(facts);
    const found = new Set<Fact>();
    const open = [fact];
    for (let next = open.shift(); next; next = open.shift()) {
      for (const id of next.links) {
        const other = byId.get(id);
        if (other && other !== fact && !found.has(other)) {
          if (found.size === MAX_EVENTS) {
            return [...found];
          }
          found.add(other);
          if (!other.event.type.startsWith('service.')) {
            open.push(other);
          }
        }
      }
    }
    return [...found];
  };
}

/** Of several with the same id, the first. */
function indexById(facts: Fact[]): Map<string, Fact> {
  const byId = new Map<string, Fact>();
  for (const fact of facts) {
    if (!byId.has(fact.event.id)) {
      byId.set(fact.event.id, fact);
    }
  }
  return byId;
}
