import { Fact } from './Fact';

const SHORTEST = /^[0-9a-f]{7,}$/;

/**
 * Gives events of an artifact the commit that it was published with.
 *
 * @internal
 */
export function withRevisionsOfArtifacts(facts: Fact[]): Fact[] {
  const revisions = new Map<string, string>();
  for (const { event, artifact, revision } of facts) {
    if (
      event.type === 'artifact.published' &&
      artifact &&
      revision &&
      !revisions.has(artifact)
    ) {
      revisions.set(artifact, revision);
    }
  }
  return facts.map(fact => {
    const revision =
      fact.revision ?? (fact.artifact && revisions.get(fact.artifact));
    return revision ? { ...fact, revision } : fact;
  });
}

/**
 * Gives shortened commits in full, where the full one is among the events, so that
 * the same commit is the same text.
 *
 * @internal
 */
export function withFullRevisions(facts: Fact[]): Fact[] {
  const sorted = [
    ...new Set(facts.flatMap(fact => fact.revision ?? [])),
  ].sort();
  const full = new Map<string, string>();
  // What begins with it comes right behind it; from the end on, the longest is known
  for (let index = sorted.length - 2; index >= 0; index--) {
    const [revision, next] = [sorted[index], sorted[index + 1]];
    if (SHORTEST.test(revision) && next.startsWith(revision)) {
      full.set(revision, full.get(next) ?? next);
    }
  }
  return facts.map(fact => {
    const revision = fact.revision && full.get(fact.revision);
    return revision ? { ...fact, revision } : fact;
  });
}
