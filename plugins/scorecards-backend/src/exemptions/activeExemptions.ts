import { toMillis, whereAny } from '@waymark/backend-support';
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

/**
 * What excuses subjects from rules at a time. Expiry is decided here, by the
 * time: nobody has to mark an exemption for it to end.
 *
 * @param now - in milliseconds
 * @internal
 */
export async function activeExemptions(
  tx: Knex | Knex.Transaction,
  subjectIds: readonly number[],
  now: number,
): Promise<ActiveExemptions> {
  const held = new Map<number, Map<number, number>>();
  const next = new Map<number, number>();
  if (subjectIds.length > 0) {
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
    for (const row of await whereAny(tx, query, 'subject_id', subjectIds)) {
      const startsAt = row.starts_at === null ? now : toMillis(row.starts_at);
      const changesAt = startsAt > now ? startsAt : toMillis(row.expires_at);
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
