import { toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { parseScorecard } from '../scorecards/parseScorecard';

/**
 * How an entity moved on a scorecard.
 *
 * @internal
 */
export interface LevelChange {
  /** Of the transition. */
  id: number;
  subjectId: number;
  entityRef: string;
  /** For people. */
  entityTitle: string;
  ownerRef: string | null;
  scorecardId: number;
  scorecardRef: string;
  scorecardTitle: string;
  at: number;
  /** When the entity first stood on the scorecard. */
  firstAt: number;
  /** 0 is no level. */
  from: number;
  to: number;
  fromTitle: string;
  toTitle: string;
  /** It would not be there without an exemption. */
  throughExemption: boolean;
}

/**
 * Transitions of standings, oldest first, as changes between levels. Those that
 * are none (somebody joined or left, the score alone moved) are left out.
 *
 * @param narrow - which ones
 * @internal
 */
export async function readLevelChanges(
  tx: Knex,
  narrow: (query: Knex.QueryBuilder) => void,
): Promise<LevelChange[]> {
  const query = tx('standing_transitions')
    .join('subjects', 'subjects.id', 'standing_transitions.subject_id')
    .join('scorecards', 'scorecards.id', 'standing_transitions.scorecard_id')
    .whereNotNull('standing_transitions.level')
    .whereNotNull('standing_transitions.previous_level')
    .whereRaw(
      'standing_transitions.level <> standing_transitions.previous_level',
    )
    .orderBy('standing_transitions.id')
    .select<
      {
        id: string | number;
        subject_id: number;
        entity_ref: string;
        entity_title: string | null;
        owner_ref: string | null;
        scorecard_id: number;
        scorecard_ref: string;
        revision_id: number;
        levels_revision_id: number;
        at: string | number;
        first_at: string | number;
        level: number;
        previous_level: number;
        through_exemption: boolean | number;
      }[]
    >({
      id: 'standing_transitions.id',
      subject_id: 'standing_transitions.subject_id',
      entity_ref: 'subjects.ref',
      entity_title: 'subjects.title',
      owner_ref: 'subjects.owner_ref',
      scorecard_id: 'standing_transitions.scorecard_id',
      scorecard_ref: 'scorecards.ref',
      revision_id: 'scorecards.revision_id',
      levels_revision_id: 'standing_transitions.scorecard_revision_id',
      at: 'standing_transitions.at',
      level: 'standing_transitions.level',
      previous_level: 'standing_transitions.previous_level',
      through_exemption: 'standing_transitions.through_exemption',
    });
  query.select({
    first_at: tx('standing_transitions as f')
      .min('f.at')
      .where('f.subject_id', tx.ref('standing_transitions.subject_id'))
      .where('f.scorecard_id', tx.ref('standing_transitions.scorecard_id')),
  });
  narrow(query);
  const rows = await query;
  const definitions = await readDefinitions(tx, [
    ...new Set(rows.flatMap(row => [row.revision_id, row.levels_revision_id])),
  ]);
  return rows.map(row => {
    const title =
      definitions.get(row.revision_id)?.title ?? nameOf(row.scorecard_ref);
    const levels = definitions.get(row.levels_revision_id)?.levels ?? [];
    const levelTitle = (level: number) =>
      level === 0 ? 'no level' : levels[level - 1] ?? `level ${level}`;
    return {
      id: Number(row.id),
      subjectId: row.subject_id,
      entityRef: row.entity_ref,
      entityTitle: row.entity_title ?? nameOf(row.entity_ref),
      ownerRef: row.owner_ref,
      scorecardId: row.scorecard_id,
      scorecardRef: row.scorecard_ref,
      scorecardTitle: title,
      at: toMillis(row.at),
      firstAt: toMillis(row.first_at),
      from: row.previous_level,
      to: row.level,
      fromTitle: levelTitle(row.previous_level),
      toTitle: levelTitle(row.level),
      throughExemption: Boolean(row.through_exemption),
    };
  });
}

/**
 * What is left of several changes of one entity on one scorecard: from where it
 * was first to where it is last. Nothing, when that is the same.
 *
 * What comes just after the first standing belongs to it: the facts of a new
 * entity arrive one by one, and nobody has done anything yet.
 *
 * @param changes - oldest first
 * @param windowMs - how long changes belong together
 * @internal
 */
export function netChanges(
  changes: LevelChange[],
  windowMs: number,
): LevelChange[] {
  const net = new Map<string, LevelChange>();
  for (const change of changes) {
    if (change.at < change.firstAt + windowMs) {
      continue;
    }
    const key = `${change.subjectId}:${change.scorecardId}`;
    const first = net.get(key);
    net.set(
      key,
      first
        ? { ...change, from: first.from, fromTitle: first.fromTitle }
        : change,
    );
  }
  return [...net.values()].filter(({ from, to }) => from !== to);
}

async function readDefinitions(
  tx: Knex,
  revisionIds: number[],
): Promise<Map<number, { title: string; levels: string[] }>> {
  const query = tx('scorecard_revisions').select<
    { id: number; definition: string }[]
  >('id', 'definition');
  const rows = await whereAny(tx, query, 'id', revisionIds);
  return new Map(
    rows.map(({ id, definition }) => {
      const { title, levels } = parseScorecard(JSON.parse(definition));
      return [id, { title, levels: levels.map(level => level.title) }];
    }),
  );
}

function nameOf(entityRef: string): string {
  return entityRef.slice(entityRef.indexOf('/') + 1);
}
