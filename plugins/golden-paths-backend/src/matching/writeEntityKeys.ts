import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { deleteRows, insertRows, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { entityKeys, PREVIOUS_REF_ANNOTATION } from './entityKeys';
import { isRefKey, refKey } from './keys';

/** More renames than that are not followed. */
const MAX_DISTANCE = 9;

/** Of an entity that the catalog has no more: the last one that went by a ref has it. */
const DELETED_RANK = 30;

/** How many renames an entity is away from a ref of its own. */
function distanceOf(rank: number): number {
  return rank > MAX_DISTANCE ? DELETED_RANK - rank : rank;
}

interface KeyRow {
  entity_id: number;
  key: string;
  rank: number;
}

/**
 * Writes the keys of entities, where they differ.
 *
 * @returns refs of which another entity may speak now
 * @internal
 */
export async function writeEntityKeys(
  tx: Knex.Transaction,
  entities: readonly { id: number; entity: Entity }[],
): Promise<string[]> {
  const former = await formerKeys(tx, entities);
  const present = await keysOf(
    tx,
    entities.map(({ id }) => id),
  );
  const before = new Map(present.map(row => [nameOf(row), row]));
  const wanted = new Map<string, KeyRow>();
  for (const { id, entity } of entities) {
    for (const { key, rank } of entityKeys(entity)) {
      const row = { entity_id: id, key, rank };
      wanted.set(nameOf(row), row);
    }
    for (const { key, rank } of former.get(id) ?? []) {
      const row = { entity_id: id, key, rank };
      // Itself, whatever it was called before
      if (!wanted.has(nameOf(row))) {
        wanted.set(nameOf(row), row);
      }
    }
  }
  const removed = present.filter(row => !wanted.has(nameOf(row)));
  const written = [...wanted].flatMap(([name, row]) =>
    before.get(name)?.rank === row.rank ? [] : [row],
  );
  await deleteRows(tx, {
    table: 'entity_keys',
    keys: ['entity_id', 'key'],
    rows: removed.map(row => [row.entity_id, row.key]),
  });
  await insertRows(tx, {
    table: 'entity_keys',
    columns: ['entity_id', 'key', 'rank'],
    rows: written.map(row => [row.entity_id, row.key, row.rank]),
    onConflict: { columns: ['key', 'entity_id'], merge: ['rank'] },
  });
  return [...removed, ...written].map(({ key }) => key).filter(isRefKey);
}

/**
 * Of entities that left the catalog only their refs are left, and only until
 * somebody else goes by them.
 *
 * @returns refs of which another entity may speak now
 * @internal
 */
export async function retireEntityKeys(
  tx: Knex.Transaction,
  ids: readonly number[],
): Promise<string[]> {
  const rows = await keysOf(tx, ids);
  await deleteRows(tx, {
    table: 'entity_keys',
    keys: ['entity_id', 'key'],
    rows: rows
      .filter(({ key }) => !isRefKey(key))
      .map(row => [row.entity_id, row.key]),
  });
  const refs = rows.filter(({ key }) => isRefKey(key));
  await insertRows(tx, {
    table: 'entity_keys',
    columns: ['entity_id', 'key', 'rank'],
    rows: refs.map(row => [
      row.entity_id,
      row.key,
      DELETED_RANK - distanceOf(row.rank),
    ]),
    onConflict: { columns: ['key', 'entity_id'], merge: ['rank'] },
  });
  return refs.map(({ key }) => key);
}

/** What an entity was called before, and what that one had been called. */
async function formerKeys(
  tx: Knex.Transaction,
  entities: readonly { id: number; entity: Entity }[],
): Promise<Map<number, { key: string; rank: number }[]>> {
  const claims = entities.flatMap(({ id, entity }) => {
    const key = previousKey(entity);
    return key ? [{ id, key }] : [];
  });
  if (claims.length === 0) {
    return new Map();
  }
  const rows: KeyRow[] = await whereAny(
    tx,
    tx('entity_keys as k').join(
      'entity_keys as own',
      'own.entity_id',
      'k.entity_id',
    ),
    'own.key',
    claims.map(({ key }) => key),
  )
    .whereIn('own.rank', [0, DELETED_RANK])
    .whereLike('k.key', 'ref:%')
    .select({
      entity_id: 'k.entity_id',
      key: 'k.key',
      rank: 'k.rank',
      own: 'own.key',
    });
  const chains = new Map<string, { key: string; rank: number }[]>();
  for (const { own, key, rank } of rows as (KeyRow & { own: string })[]) {
    const further = Math.min(distanceOf(rank) + 1, MAX_DISTANCE);
    chains.set(own, [...(chains.get(own) ?? []), { key, rank: further }]);
  }
  return new Map(
    claims.map(({ id, key }) => [
      id,
      [{ key, rank: 1 }, ...(chains.get(key) ?? [])],
    ]),
  );
}

function previousKey(entity: Entity): string | undefined {
  const text = entity.metadata.annotations?.[PREVIOUS_REF_ANNOTATION];
  if (!text) {
    return undefined;
  }
  try {
    const ref = parseEntityRef(text, {
      defaultKind: entity.kind,
      defaultNamespace: entity.metadata.namespace,
    });
    return refKey(stringifyEntityRef(ref));
  } catch {
    // Whoever writes the entity is told by the lint of the catalog, if at all
    return undefined;
  }
}

function keysOf(
  tx: Knex.Transaction,
  ids: readonly number[],
): Promise<KeyRow[]> {
  return Promise.resolve(
    whereAny(tx, tx('entity_keys'), 'entity_id', ids).select(
      'entity_id',
      'key',
      'rank',
    ),
  );
}

function nameOf({ entity_id: id, key }: KeyRow): string {
  return `${id} ${key}`;
}
