import { EntityFilter, toMillis } from '@waymark/backend-support';
import { Knex } from 'knex';
import { EntityState, RuleState, StandingState } from './EntityState';
import { readExemptions } from './readExemptions';
import { readPastRules } from './readPastRules';
import { VersionedEvidence } from './VersionedEvidence';

/**
 * An entity as it stood at a time, also one that has left the catalog since: its
 * last transitions until then, and what they were decided by.
 *
 * @param options - `at`: in milliseconds
 * @returns `undefined` when it is not there for the caller
 * @internal
 */
export async function readPastState(options: {
  knex: Knex;
  filter: EntityFilter;
  entityRef: string;
  at: number;
}): Promise<EntityState | undefined> {
  const { knex, filter, entityRef, at } = options;
  const query = knex('subjects')
    .where({ ref: entityRef })
    .select('id', 'deleted_at');
  filter(query, 'subjects.id');
  const [subject] = await query;
  if (!subject) {
    return undefined;
  }
  const subjectId: number = subject.id;
  return {
    subjectId,
    entityRef,
    deletedAt:
      subject.deleted_at === null ? undefined : toMillis(subject.deleted_at),
    rules: await readRules({ knex, subjectId, at }),
    standings: await readStandings({ knex, subjectId, at }),
    exemptions: await readExemptions({ knex, subjectId, now: at }),
  };
}

async function readRules(options: {
  knex: Knex;
  subjectId: number;
  at: number;
}): Promise<Map<number, RuleState>> {
  const { knex, subjectId, at } = options;
  const evidence = await VersionedEvidence.read(knex, subjectId);
  const past = await readPastRules({ knex, subjectIds: [subjectId], at });
  return new Map(
    [...(past.get(subjectId) ?? [])].map(([ruleId, { version, ...rule }]) => [
      ruleId,
      { ...rule, source: evidence.at(version) },
    ]),
  );
}

async function readStandings(options: {
  knex: Knex;
  subjectId: number;
  at: number;
}): Promise<Map<number, StandingState>> {
  const { knex, subjectId, at } = options;
  const rows = await knex('standing_transitions')
    .where({ subject_id: subjectId })
    .where('at', '<=', at)
    .orderBy('id')
    .select('scorecard_id', 'at', 'level', 'through_exemption', 'score');
  const standings = new Map<number, StandingState>();
  for (const row of rows) {
    if (row.level === null) {
      standings.delete(row.scorecard_id);
    } else {
      standings.set(row.scorecard_id, {
        level: row.level,
        throughExemption: Boolean(row.through_exemption),
        score: row.score ?? undefined,
        since: toMillis(row.at),
      });
    }
  }
  return standings;
}
