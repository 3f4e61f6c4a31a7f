import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogChange, CatalogSync } from '@waymark/backend-support';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { subjectProjection } from './subjectProjection';

jest.setTimeout(120_000);

const NOW = Date.parse('2026-08-01T12:00:00Z');

/** As the catalog gives it; the etag says what it holds. */
function component(name: string, lifecycle = 'production'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      title: `The ${name}`,
      uid: `uid-${name}`,
      etag: `${name} ${lifecycle}`,
    },
    spec: { type: 'service', lifecycle, owner: 'ops' },
    relations: [
      { type: 'ownedBy', targetRef: 'group:default/ops' },
      { type: 'partOf', targetRef: 'component:default/bundle' },
      { type: 'partOf', targetRef: 'system:default/money' },
    ],
  };
}

describe.each(databases.eachSupportedId())('CatalogSync on %s', id => {
  let knex: Knex;
  let entities: Entity[];
  let heard: CatalogChange[];
  let woken: number;
  let calls: string[];

  beforeAll(async () => {
    knex = await initDatabase(id);
  });
  beforeEach(async () => {
    for (const table of ['subjects', 'subject_search', 'document_revisions']) {
      await knex(table).delete();
    }
    entities = [component('ledger'), component('billing')];
    heard = [];
    woken = 0;
    calls = [];
  });

  /** A replica. */
  function replica(
    options: {
      now?: number;
      catalog?: Partial<CatalogService>;
      onEntities?: (change: CatalogChange) => void;
    } = {},
  ) {
    const real = () => catalogServiceMock({ entities });
    const catalog: CatalogService = {
      ...real(),
      queryEntities: (request, given) => {
        calls.push('page');
        return real().queryEntities(request, given);
      },
      getEntitiesByRefs: (request, given) => {
        calls.push(`${request.entityRefs.length} whole`);
        return real().getEntitiesByRefs(request, given);
      },
      ...options.catalog,
    };
    return new CatalogSync({
      auth: mockServices.auth(),
      catalog,
      clock: () => options.now ?? NOW,
      database: knex,
      listeners: [
        {
          async onEntities(_, change) {
            options.onEntities?.(change);
            heard.push(change);
          },
        },
      ],
      logger: mockServices.logger.mock(),
      projection: subjectProjection,
      wake: () => woken++,
    });
  }
  const subjects = () => knex('subjects').orderBy('ref');
  /** All rows, with the number of the transaction that wrote them where there is one. */
  const everything = () =>
    Promise.all(
      ['subjects', 'subject_search'].map(table =>
        knex(table)
          .select('*', ...(id === 'SQLITE_3' ? [] : [knex.raw('xmin::text')]))
          .orderBy(
            table === 'subjects' ? ['id'] : ['subject_id', 'key', 'value'],
          ),
      ),
    );

  it('takes over what rules see, and who owns it', async () => {
    entities[1].metadata.namespace = 'Other';
    await replica().sync();
    const [ledger, billing] = await subjects();
    expect(ledger).toMatchObject({
      ref: 'component:default/ledger',
      kind: 'component',
      title: 'The ledger',
      owner_ref: 'group:default/ops',
      system_ref: 'system:default/money',
      version: 1,
      document_version: 1,
      deleted_at: null,
    });
    expect(Number(ledger.due_at)).toBe(NOW);
    expect(JSON.parse(ledger.document)).toEqual({
      ...entities[0],
      metadata: { name: 'ledger', namespace: 'default', title: 'The ledger' },
    });
    expect(billing.ref).toBe('component:other/billing');
    expect(heard).toEqual([
      {
        deleted: [],
        upserted: [
          { id: billing.id, ref: billing.ref, entity: entities[1] },
          { id: ledger.id, ref: ledger.ref, entity: entities[0] },
        ].sort((a, b) => a.id - b.id),
      },
    ]);
    expect(woken).toBe(1);
  });

  it('writes nothing, and asks for nothing whole, when nothing changed', async () => {
    entities = Array.from({ length: 1_250 }, (_, index) =>
      component(`c${index}`),
    );
    await replica().sync();
    const before = await everything();
    calls = [];
    woken = 0;
    await replica().sync();
    expect(calls).toEqual(['page', 'page', 'page']);
    expect(await everything()).toEqual(before);
    expect(woken).toBe(0);

    // A new etag with the same document is no change either
    entities[7] = {
      ...entities[7],
      metadata: { ...entities[7].metadata, etag: 'other' },
      status: { items: [] },
    } as Entity;
    heard = [];
    await replica({ now: NOW + 1 }).sync();
    expect(heard).toEqual([]);
    expect(await knex('subjects').where({ version: 2 })).toEqual([]);
    calls = [];
    await replica().sync();
    expect(calls).toEqual(['page', 'page', 'page']);
  });

  it('keeps a document that decided an outcome, and no other', async () => {
    await replica().sync();
    entities[0] = component('ledger', 'experimental');
    await replica({ now: NOW + 1 }).sync();
    expect(await knex('document_revisions')).toEqual([]);
    await knex('subjects').update({ referenced_version: 2, due_at: null });
    entities[0] = component('ledger', 'deprecated');
    await replica({ now: NOW + 2 }).sync();
    const [billing, ledger] = await subjects();
    expect([
      ledger.version,
      ledger.document_version,
      Number(ledger.due_at),
    ]).toEqual([3, 3, NOW + 2]);
    expect(billing).toMatchObject({ version: 1, due_at: null });
    const [revision, ...others] = await knex('document_revisions');
    expect(others).toEqual([]);
    expect(revision).toMatchObject({
      subject_id: ledger.id,
      version: 2,
      until_version: 3,
      document: expect.stringContaining('experimental'),
    });
    expect(
      await knex('subject_search')
        .where({ key: 'spec.lifecycle' })
        .pluck('value'),
    ).toEqual(expect.arrayContaining(['production', 'deprecated']));
  });

  it('lets go what the catalog has no more, and has it back as the same', async () => {
    await replica().sync();
    const [billing] = await subjects();
    const lost = entities.pop()!;
    await replica({ now: NOW + 5 }).sync();
    const gone = (await subjects())[0];
    expect(Number(gone.deleted_at)).toBe(NOW + 5);
    expect(gone).toMatchObject({ id: billing.id, version: 2, due_at: null });
    expect(heard[1]).toEqual({
      upserted: [],
      deleted: [{ id: billing.id, ref: billing.ref }],
    });
    expect(
      await knex('subject_search').where({ subject_id: billing.id }),
    ).not.toEqual([]);
    await replica().sync();
    expect(heard).toHaveLength(2);

    entities.push(lost);
    await replica({ now: NOW + 6 }).sync();
    expect((await subjects())[0]).toMatchObject({
      id: billing.id,
      version: 3,
      document_version: 1,
      deleted_at: null,
    });
    expect(heard[2].upserted.map(({ ref }) => ref)).toEqual([billing.ref]);
  });

  it('takes nothing for gone that an incomplete answer does not have', async () => {
    entities = Array.from({ length: 1_500 }, (_, index) =>
      component(`c${index}`),
    );
    await replica().sync();
    const before = await everything();
    const half = replica({
      catalog: {
        async queryEntities(request, given) {
          if (request && 'cursor' in request) {
            throw new Error('The catalog went away');
          }
          return catalogServiceMock({ entities }).queryEntities(request, given);
        },
      },
    });
    await expect(half.sync()).rejects.toThrow('went away');
    // Nor what no page has, but the catalog knows when asked
    const forgetful = replica({
      catalog: {
        queryEntities: async () => ({ items: [], pageInfo: {}, totalItems: 0 }),
      },
    });
    await forgetful.sync();
    expect(await everything()).toEqual(before);
  });

  it('undoes all of a batch that a listener could not take, and tries again', async () => {
    const failing = replica({
      onEntities: () => {
        throw new Error('crash');
      },
    });
    await expect(failing.sync()).rejects.toThrow('crash');
    expect(await everything()).toEqual([[], []]);
    await replica().sync();
    expect(await subjects()).toHaveLength(2);
  });

  it('is right when several replicas do the same', async () => {
    entities = Array.from({ length: 450 }, (_, index) =>
      component(`c${index}`),
    );
    await Promise.all([1, 2, 3].map(() => replica().sync()));
    expect(await knex('subjects').pluck('version')).toEqual(
      new Array(450).fill(1),
    );
    expect(heard.flatMap(({ upserted }) => upserted)).toHaveLength(450);
    entities = entities
      .slice(100)
      .map(({ metadata: { name } }) => component(name, 'deprecated'));
    await Promise.all([1, 2, 3].map(() => replica().sync()));
    expect(await knex('subjects').pluck('version')).toEqual(
      new Array(450).fill(2),
    );
    expect(heard.flatMap(({ upserted }) => upserted)).toHaveLength(800);
    expect(heard.flatMap(({ deleted }) => deleted)).toHaveLength(100);
  });

  it('refreshes single entities at once', async () => {
    const sync = replica();
    await sync.refresh([
      'component:default/ledger',
      'component:default/ledger',
      'component:default/not-there',
    ]);
    expect(calls).toEqual(['2 whole']);
    expect((await subjects()).map(({ ref }: any) => ref)).toEqual([
      'component:default/ledger',
    ]);
    entities = [];
    await sync.refresh(['component:default/ledger']);
    expect((await subjects())[0].deleted_at).not.toBeNull();
  });

  it('stops between batches when it is told to', async () => {
    entities = Array.from({ length: 450 }, (_, index) =>
      component(`c${index}`),
    );
    const stop = new AbortController();
    const sync = replica({ onEntities: () => stop.abort() });
    await expect(sync.sync(stop.signal)).rejects.toThrow();
    expect(await subjects()).toHaveLength(200);
  });
});
