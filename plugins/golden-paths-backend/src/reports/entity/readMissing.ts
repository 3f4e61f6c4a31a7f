import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { readRefs } from '../../worker/readRefs';

/** What metrics need of a service, by the word that one would send. */
const NEEDED: { name: string; types: RegExp }[] = [
  { name: 'change.merged', types: /\.change\.merged\./ },
  { name: 'pipelinerun.finished', types: /\.pipelinerun\.finished\./ },
  {
    name: 'service.deployed',
    types: /\.service\.(deployed|upgraded|rolledback)\./,
  },
  { name: 'incident.detected', types: /\.incident\.detected\./ },
];

/**
 * Of which events about an entity none has come yet.
 *
 * @internal
 */
export async function readMissing(
  knex: Knex,
  entityId: number,
): Promise<string[]> {
  const refs = (await readRefs(knex, [entityId])).get(entityId) ?? [];
  const events = knex('events').distinct('type');
  const types: string[] = await whereAny(
    knex,
    events,
    'entity_ref',
    refs,
  ).pluck('type');
  return NEEDED.filter(
    needed => !types.some(type => needed.types.test(type)),
  ).map(({ name }) => name);
}
