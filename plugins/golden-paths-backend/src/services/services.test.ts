import { mockServices } from '@backstage/backend-test-utils';
import {
  FilterPredicate,
  filterPredicateToFilterFunction,
} from '@backstage/filter-predicates';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { searchKeys } from '@waymark/backend-support';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { readServicePredicate } from './readServicePredicate';
import { whereActiveService } from './whereActiveService';

const read = (services?: JsonObject) =>
  readServicePredicate(
    mockServices.rootConfig({
      data: { goldenPaths: { ...(services && { services }) } },
    }),
  );

const entity = (name: string, spec: object, more: object = {}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, ...more },
  spec: { owner: 'group:default/bears', ...spec } as Entity['spec'],
});

const ENTITIES = [
  entity('shop', { type: 'service', lifecycle: 'production' }),
  entity('old', { type: 'service', lifecycle: 'Deprecated' }),
  entity('site', { type: 'Website' }, { tags: ['edge'] }),
  entity('lib', { type: 'library' }, { annotations: { 'a.b/c': 'X_1' } }),
  { ...entity('api', { type: 'service' }), kind: 'API' },
];

describe.each(databases.eachSupportedId())('services on %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await initDatabase(id);
    for (const [index, each] of ENTITIES.entries()) {
      await knex('entities').insert({
        id: index + 1,
        ref: each.metadata.name,
        kind: each.kind.toLowerCase(),
        type: each.spec?.type,
        lifecycle: each.spec?.lifecycle,
        etag: 'x',
        first_seen_at: 0,
      });
      await knex('entity_search').insert(
        searchKeys(each).map(key => ({ entity_id: index + 1, ...key })),
      );
    }
    await knex('entities').insert({
      id: 99,
      ref: 'gone',
      kind: 'component',
      etag: 'x',
      first_seen_at: 0,
      deleted_at: 1,
    });
  });

  const found = async (predicate: FilterPredicate): Promise<string[]> => {
    const query = knex('entities').orderBy('entities.id');
    whereActiveService({ knex, query, predicate });
    return query.pluck('ref');
  };

  it('are components that run and are not on their way out', async () => {
    expect(await found(read())).toEqual(['shop', 'site']);
  });

  it.each<FilterPredicate>([
    { kind: 'component' },
    { $any: [] },
    { 'spec.type': { $in: [] } },
    { $not: { 'spec.lifecycle': 'production' } },
    { $all: [] },
    { $not: { $all: [] } },
    { $not: { kind: 'API' } },
    { $any: [{ kind: 'API' }, { 'spec.type': 'website' }] },
    { $not: { $any: [{ kind: 'API' }, { 'spec.type': 'website' }] } },
    { 'spec.lifecycle': { $exists: false } },
    { 'spec.lifecycle': { $exists: true }, kind: { $in: ['Component'] } },
    { 'metadata.tags': { $contains: 'EDGE' } },
    { 'metadata.annotations.a.b/c': { $hasPrefix: 'x_' } },
    { 'metadata.annotations.a.b/c': { $hasPrefix: 'x%' } },
    { 'metadata.annotations.a.b/c': 'x_1' },
  ])('are those of which %j is true', async predicate => {
    expect(await found(read(predicate as JsonObject))).toEqual(
      ENTITIES.filter(filterPredicateToFilterFunction(predicate)).map(
        ({ metadata }) => metadata.name,
      ),
    );
  });
});

describe('the predicate of services', () => {
  it.each([
    [{ 'metadata.tags': { $contains: { a: 'b' } } }, 'metadata.tags: only a'],
    [{ $not: { kind: { $in: [] }, name: ['x'] } }, 'goldenPaths.services'],
    [{ $all: 'x' }, 'goldenPaths.services'],
  ])('is refused as %j', (predicate, message) => {
    expect(() => read(predicate as JsonObject)).toThrow(message);
  });
});
