import { Knex } from 'knex';

/**
 * The exemptions of some subjects at one time.
 *
 * @internal
 */
export interface ActiveExemptions {
  /** The id of the exemption that holds for a rule. */
  find(options: { subjectId: number; ruleId: number }): number | undefined;
  /** When the next exemption of a subject starts or ends, in milliseconds. */
  nextChange(subjectId: number): number | undefined;
}

/** Above it, one range is faster than a long list. */
const MAX_LISTED_IDS = 500;

/**
 * What excuses subjects from rules at a time. Expiry is decided here, by the
 * time: nobody has to mark an exemption for it to end.
 *
 * @param now - in milliseconds
 * @internal
 */
export async function activeExemptions(
  tx: Knex,
  subjectIds: number[],
  now: number,
): Promise<ActiveExemptions> {
  const held = new Map<number, Map<number, number>>();
  const next = new Map<number, number>();
  if (subjectIds.length > 0) {
    const wanted = new Set(subjectIds);
    const query = tx('exemptions')
      .where({ state: 'approved' })
      .where('expires_at', '>', now)
      .orderBy('id')
      .select<
        {
          id: number;
          subject_id: number;
          rule_id: number;
          starts_at: string | number | null;
          expires_at: string | number;
        }[]
      >('id', 'subject_id', 'rule_id', 'starts_at', 'expires_at');
    if (subjectIds.length <= MAX_LISTED_IDS) {
      query.whereIn('subject_id', subjectIds);
    } else {
      let first = subjectIds[0];
      let last = first;
      for (const id of subjectIds) {
        first = Math.min(first, id);
        last = Math.max(last, id);
      }
      query.whereBetween('subject_id', [first, last]);
    }
    for (const row of await query) {
      if (!wanted.has(row.subject_id)) {
        continue;
      }
      const startsAt = row.starts_at === null ? now : Number(row.starts_at);
      const changesAt = startsAt > now ? startsAt : Number(row.expires_at);
      next.set(
        row.subject_id,
        Math.min(next.get(row.subject_id) ?? Infinity, changesAt),
      );
      if (startsAt <= now) {
        const rules = held.get(row.subject_id) ?? new Map<number, number>();
        held.set(row.subject_id, rules.set(row.rule_id, row.id));
      }
    }
  }
  return {
    find: ({ subjectId, ruleId }) => held.get(subjectId)?.get(ruleId),
    nextChange: subjectId => next.get(subjectId),
  };
}
