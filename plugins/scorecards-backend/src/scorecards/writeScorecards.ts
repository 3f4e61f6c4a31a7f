import {
  canonicalJson,
  insertRows,
  toMillis,
  updateRows,
  whereAny,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { ParsedScorecard, parseScorecard } from './parseScorecard';
import { RuleIds } from './readDefinitions';
import { writeRules } from './writeRules';

/**
 * A scorecard of which something was written.
 *
 * @internal
 */
export interface WrittenScorecard {
  id: number;
  scorecard: ParsedScorecard;
  /** Not only texts: outcomes or standings may come out differently. */
  isMaterial: boolean;
}

interface Present {
  id: number;
  ref: string;
  lifecycle: string;
  levels_revision_id: number;
  deleted_at: string | number | null;
  definition: string;
  rules: string;
  created_at: string | number;
}

/** What is kept of the entity: not what the catalog adds to it. */
function definitionOf({ entity }: ParsedScorecard): string {
  const { apiVersion, kind, spec } = entity;
  const {
    uid: _,
    etag: _etag,
    annotations: _from,
    ...metadata
  } = entity.metadata;
  return canonicalJson({ apiVersion, kind, metadata, spec });
}

function levelsOf({ levels }: ParsedScorecard): string {
  return JSON.stringify(levels.map(({ id }) => id));
}

function revisionsOf(ids: RuleIds): string {
  return JSON.stringify(
    Object.values(ids)
      .map(({ revisionId }) => revisionId)
      .sort((a, b) => a - b),
  );
}

/**
 * Writes what differs of scorecards.
 *
 * @returns those that differ
 * @internal
 */
export async function writeScorecards(
  tx: Knex.Transaction,
  options: { scorecards: readonly ParsedScorecard[]; now: number },
): Promise<WrittenScorecard[]> {
  const { scorecards, now } = options;
  const present = await readPresent(
    tx,
    scorecards.map(({ ref }) => ref),
  );
  const changed = scorecards.filter(scorecard => {
    const before = present.get(scorecard.ref);
    return (
      !before ||
      before.deleted_at !== null ||
      before.definition !== definitionOf(scorecard)
    );
  });
  if (changed.length === 0) {
    return [];
  }

  const ids = new Map([...present].map(([ref, { id }]) => [ref, id]));
  const created = await insertRows<{ id: number; ref: string }>(tx, {
    table: 'scorecards',
    columns: ['ref', 'lifecycle', 'revision_id', 'levels_revision_id'],
    rows: changed
      .filter(({ ref }) => !ids.has(ref))
      .map(({ ref, lifecycle }) => [ref, lifecycle, 0, 0]),
    returning: ['id', 'ref'],
  });
  for (const { id, ref } of created) {
    ids.set(ref, id);
  }
  const withIds = changed.map(scorecard => ({
    scorecard,
    id: ids.get(scorecard.ref)!,
  }));
  const ruleIds = await writeRules(tx, { scorecards: withIds, now });

  const revisions = await insertRows<{ id: number; scorecard_id: number }>(tx, {
    table: 'scorecard_revisions',
    columns: ['scorecard_id', 'created_at', 'definition', 'rules'],
    rows: withIds.map(({ id, scorecard }) => [
      id,
      Math.max(now, toMillis(present.get(scorecard.ref)?.created_at) ?? 0),
      definitionOf(scorecard),
      JSON.stringify(ruleIds.get(id)),
    ]),
    returning: ['id', 'scorecard_id'],
  });
  const revisionIds = new Map(
    revisions.map(revision => [revision.scorecard_id, revision.id]),
  );

  const written = withIds.map(({ id, scorecard }) => {
    const before = present.get(scorecard.ref);
    const sameLevels =
      before !== undefined &&
      levelsOf(parseScorecard(JSON.parse(before.definition))) ===
        levelsOf(scorecard);
    const revisionId = revisionIds.get(id)!;
    return {
      row: [
        id,
        revisionId,
        sameLevels ? before.levels_revision_id : revisionId,
        scorecard.lifecycle,
        null,
      ],
      result: {
        id,
        scorecard,
        isMaterial:
          !sameLevels ||
          before.deleted_at !== null ||
          before.lifecycle === 'retired' ||
          revisionsOf(JSON.parse(before.rules)) !==
            revisionsOf(ruleIds.get(id)!),
      },
    };
  });
  await updateRows(tx, {
    table: 'scorecards',
    keys: ['id'],
    columns: ['revision_id', 'levels_revision_id', 'lifecycle', 'deleted_at'],
    rows: written.map(({ row }) => row),
  });
  return written.map(({ result }) => result);
}

async function readPresent(
  tx: Knex.Transaction,
  refs: string[],
): Promise<Map<string, Present>> {
  const rows: Present[] = await whereAny(
    tx,
    tx('scorecards as s').join(
      'scorecard_revisions as r',
      'r.id',
      's.revision_id',
    ),
    's.ref',
    refs,
  ).select(
    's.id',
    's.ref',
    's.lifecycle',
    's.levels_revision_id',
    's.deleted_at',
    'r.definition',
    'r.rules',
    'r.created_at',
  );
  return new Map(rows.map(row => [row.ref, row]));
}
