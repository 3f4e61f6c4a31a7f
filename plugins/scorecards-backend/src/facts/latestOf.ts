/**
 * Of facts with the same subject and name the latest; of those at the same time
 * the last.
 *
 * @returns by a key of both, in the order in which they first came
 * @internal
 */
export function latestOf<
  T extends { subjectId: number; name: string; observedAt: number },
>(facts: readonly T[]): Map<string, T> {
  const latest = new Map<string, T>();
  for (const fact of facts) {
    const key = keyOf(fact);
    const other = latest.get(key);
    if (!other || fact.observedAt >= other.observedAt) {
      latest.set(key, fact);
    }
  }
  return latest;
}

/** @internal */
export function keyOf(fact: { subjectId: number; name: string }): string {
  return `${fact.subjectId} ${fact.name}`;
}
