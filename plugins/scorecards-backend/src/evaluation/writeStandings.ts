import { ColumnValue, deleteRows, insertRows } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Evaluation } from './Evaluation';
import { isStored, StoredStanding } from './storedStandings';

const STANDING = [
  'subject_id',
  'scorecard_id',
  'level',
  'through_exemption',
  'score',
  'scorecard_revision_id',
];

/**
 * Writes the standings that differ, and a transition for each. A transition that
 * nobody has to hear of is noted as told: of drafts, of those who join or leave, of
 * scores alone, and when there are other levels now, so that nobody moved.
 *
 * @param options - `subjects`: indexes of those that may differ; `at`: the time of
 * the transitions of a subject
 * @returns the ids of the subjects and of the scorecards of which something was written
 * @internal
 */
export async function writeStandings(
  tx: Knex.Transaction,
  options: {
    evaluation: Evaluation;
    subjects: readonly number[];
    stored: ReadonlyMap<number, ReadonlyMap<number, StoredStanding>>;
    at: (subject: number) => number;
  },
): Promise<{ changed: Set<number>; scorecards: Set<number> }> {
  const { evaluation, subjects, stored, at } = options;
  const { scorecards } = evaluation.plan;
  const standings: ColumnValue[][] = [];
  const transitions: ColumnValue[][] = [];
  const gone: ColumnValue[][] = [];

  for (const subject of subjects) {
    const { id } = evaluation.subjects[subject];
    const time = at(subject);
    const left = new Map(stored.get(id));
    scorecards.forEach(({ definition }, scorecard) => {
      const before = left.get(definition.id);
      const standing = evaluation.standing(subject, scorecard);
      if (!standing) {
        return;
      }
      left.delete(definition.id);
      if (isStored(before, standing, definition)) {
        return;
      }
      const { level, throughExemption, score } = standing;
      const isNews =
        definition.lifecycle === 'live' &&
        before?.scorecardRevisionId === definition.levelsRevisionId &&
        before.level !== level;
      const row = [
        id,
        definition.id,
        level,
        throughExemption,
        score,
        definition.levelsRevisionId,
      ];
      standings.push([...row, time]);
      transitions.push([
        ...row,
        time,
        before?.level,
        before?.score,
        isNews ? null : time,
      ]);
    });
    for (const before of left.values()) {
      gone.push([id, before.scorecardId]);
      transitions.push([
        id,
        before.scorecardId,
        null,
        false,
        null,
        before.scorecardRevisionId,
        time,
        before.level,
        before.score,
        time,
      ]);
    }
  }

  await deleteRows(tx, {
    table: 'standings',
    keys: ['subject_id', 'scorecard_id'],
    rows: gone,
  });
  await insertRows(tx, {
    table: 'standings',
    columns: [...STANDING, 'since'],
    rows: standings,
    onConflict: {
      columns: ['subject_id', 'scorecard_id'],
      merge: [...STANDING.slice(2), 'since'],
    },
  });
  await insertRows(tx, {
    table: 'standing_transitions',
    columns: [
      ...STANDING,
      'at',
      'previous_level',
      'previous_score',
      'notified_at',
    ],
    rows: transitions,
  });
  return {
    changed: new Set(transitions.map(([id]) => id as number)),
    scorecards: new Set(transitions.map(([, id]) => id as number)),
  };
}
