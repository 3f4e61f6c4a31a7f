import { isPostgres } from '@waymark/backend-support';
import { Knex } from 'knex';

/**
 * Which outcomes go: those of scorecards, or those of subjects.
 *
 * @internal
 */
export type OutcomesToRemove =
  | { scorecardIds: readonly number[] }
  | { subjectIds: readonly number[] };

/**
 * Takes outcomes and standings out of what is current. Their transitions stay,
 * and say that from now on there is none.
 *
 * @internal
 */
export async function removeOutcomes(
  tx: Knex.Transaction,
  options: { of: OutcomesToRemove; now: number },
): Promise<void> {
  const { of, now } = options;
  const listed = isPostgres(tx)
    ? 'any(?::int[])'
    : '(select value from json_each(?))';
  const equals = isPostgres(tx) ? '=' : 'in';
  const ids = 'subjectIds' in of ? of.subjectIds : of.scorecardIds;
  const binding = isPostgres(tx) ? [...ids] : JSON.stringify(ids);
  const standings = `${
    'subjectIds' in of ? 'subject_id' : 'scorecard_id'
  } ${equals} ${listed}`;
  const outcomes =
    'subjectIds' in of
      ? standings
      : `rule_id in (select id from rules where ${standings})`;

  // In order, and before anything else, as everybody locks subjects
  await tx.raw(
    `update subjects
     set transitioned_at = ${later('subjects')}
     where id in (
       select id from subjects
       where id in (
         select subject_id from standings where ${standings}
         union select subject_id from outcomes where ${outcomes}
       )
       order by id${isPostgres(tx) ? ' for update' : ''}
     )`,
    [now, now, binding, binding],
  );
  await tx.raw(
    `insert into outcome_transitions
       (subject_id, rule_id, at, rule_revision_id, version)
     select o.subject_id, o.rule_id, s.transitioned_at, o.rule_revision_id, s.version
     from outcomes o join subjects s on s.id = o.subject_id
     where o.${outcomes}`,
    [binding],
  );
  await tx.raw(`delete from outcomes where ${outcomes}`, [binding]);
  await tx.raw(
    `insert into standing_transitions
       (subject_id, scorecard_id, scorecard_revision_id, at, previous_level, previous_score, notified_at)
     select p.subject_id, p.scorecard_id, p.scorecard_revision_id,
       s.transitioned_at, p.level, p.score, s.transitioned_at
     from standings p join subjects s on s.id = p.subject_id
     where p.${standings}`,
    [binding],
  );
  await tx.raw(`delete from standings where ${standings}`, [binding]);
}

/** Never before what was written earlier, whatever the clock says. */
function later(table: string): string {
  return `case when ${table}.transitioned_at > ? then ${table}.transitioned_at else ? end`;
}
