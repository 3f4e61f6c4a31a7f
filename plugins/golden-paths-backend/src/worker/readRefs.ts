import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { isRefKey, refOfKey } from '../matching/keys';

/**
 * The refs whose events are those of an entity: its own, and what it was called
 * before, unless another has them.
 *
 * @internal
 */
export async function readRefs(
  knex: Knex | Knex.Transaction,
  entityIds: readonly number[],
): Promise<Map<number, string[]>> {
  const keys: string[] = await whereAny(
    knex,
    knex('entity_keys'),
    'entity_id',
    entityIds,
  )
    .distinct('key')
    .whereLike('key', 'ref:%')
    .pluck('key');
  const rows: { key: string; entity_id: number }[] = await whereAny(
    knex,
    knex('entity_keys'),
    'key',
    keys.filter(isRefKey),
  )
    .orderBy(['key', 'rank', 'entity_id'])
    .select('key', 'entity_id');

  const refs = new Map<number, string[]>(entityIds.map(id => [id, []]));
  const told = new Set<string>();
  for (const { key, entity_id: id } of rows) {
    if (!told.has(key)) {
      told.add(key);
      refs.get(id)?.push(refOfKey(key));
    }
  }
  return refs;
}
