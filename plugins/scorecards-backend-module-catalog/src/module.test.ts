import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CollectedFacts, FactCollector } from '@waymark/plugin-scorecards-node';
import {
  collectAll,
  eventually,
  startCollectors,
} from '@waymark/backend-test-support';
import catalogModule from '.';
import { CatalogCollector } from './CatalogCollector';
import { CatalogLookup } from './CatalogLookup';
import { MissingRefs } from './MissingRefs';

function entity(ref: string, rest: Partial<Entity> = {}, to: string[] = []) {
  const [, kind, name] = /^(\w+):default\/(.*)$/.exec(ref)!;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: kind[0].toUpperCase() + kind.slice(1),
    spec: {},
    ...rest,
    metadata: { namespace: 'default', name, ...rest.metadata },
    relations: to.map(text => {
      const [type, targetRef] = text.split(' ');
      return { type, targetRef };
    }),
  } as Entity;
}

/** A department of two teams, one of which holds the department as its child. */
const ORGANISATION = [
  entity('group:default/department', {}, [
    'parentOf group:default/red',
    'parentOf group:default/blue',
  ]),
  entity('group:default/red', {}, [
    'hasMember user:default/ada',
    'hasMember user:default/ben',
    'parentOf group:default/department',
  ]),
  entity('group:default/blue', {}, ['hasMember user:default/ada']),
  entity('group:default/empty'),
  entity('user:default/ada'),
  entity('user:default/ben'),
  entity('system:default/sales'),
  entity('api:default/orders'),
];

function valuesOf(found: CollectedFacts) {
  return 'facts' in found
    ? Object.fromEntries(found.facts.map(({ name, value }) => [name, value]))
    : undefined;
}

describe('facts from the catalog', () => {
  let collector: FactCollector;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const backend = await startCollectors({
      features: [
        catalogModule,
        catalogServiceMock.factory({ entities: ORGANISATION }),
      ],
    });
    [collector] = backend.collectors;
    stop = backend.stop;
  });
  afterAll(() => stop());

  it('tell of what an entity says and of what it is related to', async () => {
    const [complete, bare, user, byUser, broken] = await collectAll(collector, [
      entity(
        'component:default/shop',
        {
          metadata: {
            name: 'shop',
            description: '  Sells tickets 🎫 ',
            annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
          },
        },
        [
          'ownedBy group:default/department',
          'partOf system:default/sales',
          'providesApi api:default/orders',
          'dependsOn resource:default/z',
          'dependsOn resource:default/a',
          'dependencyOf resource:default/a',
        ],
      ),
      entity('component:default/bare'),
      entity('user:default/ada', {}, ['memberOf group:default/red']),
      entity('system:default/sales', {}, ['ownedBy user:default/ada']),
      entity(
        'component:default/broken',
        { metadata: { name: 'broken', description: ' \n' } },
        [
          'ownedBy group:default/gone',
          'partOf component:default/shop',
          'partOf system:default/gone',
          'ownedBy group:default/empty',
        ],
      ),
    ]);
    expect(complete.entityRef).toBe('component:default/shop');
    expect(valuesOf(complete)).toEqual({
      'catalog.owner.resolves': true,
      'catalog.owner.members': 2,
      'catalog.description.length': 15,
      'catalog.docs.annotated': true,
      'catalog.system.resolves': true,
      'catalog.relations.dangling': [
        'resource:default/a',
        'resource:default/z',
      ],
      'catalog.providesApis': 1,
    });
    expect(valuesOf(bare)).toEqual({
      'catalog.owner.resolves': false,
      'catalog.owner.members': 0,
      'catalog.description.length': 0,
      'catalog.docs.annotated': false,
      'catalog.system.resolves': false,
      'catalog.relations.dangling': [],
      'catalog.providesApis': 0,
    });
    expect(valuesOf(user)).toEqual({
      'catalog.description.length': 0,
      'catalog.docs.annotated': false,
      'catalog.relations.dangling': [],
      'catalog.providesApis': 0,
    });
    expect(valuesOf(byUser)).toMatchObject({
      'catalog.owner.resolves': true,
      'catalog.owner.members': 1,
    });
    expect(valuesOf(broken)).toMatchObject({
      'catalog.owner.resolves': false,
      'catalog.owner.members': 0,
      'catalog.description.length': 0,
      'catalog.system.resolves': false,
      'catalog.relations.dangling': [
        'component:default/shop',
        'group:default/gone',
        'system:default/gone',
      ],
    });
  });

  it('say all that they are declared to say', async () => {
    const [found] = await collectAll(collector, [
      entity('component:default/x'),
    ]);
    expect(Object.keys(valuesOf(found) ?? {}).sort()).toEqual(
      collector.facts.map(({ name }) => name).sort(),
    );
  });

  it('need few requests, and none after they were told to end', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntitiesByRefs.mockImplementation(async ({ entityRefs }) => ({
      items: entityRefs.map(ref =>
        ORGANISATION.find(o => ref.endsWith(`/${o.metadata.name}`)),
      ),
    }));
    const lookup = new CatalogLookup({ auth: mockServices.auth(), catalog });
    const logger = mockServices.logger.mock();
    const missing = new MissingRefs({ logger, lookup });
    const many = Array.from({ length: 200 }, (_, index) =>
      entity(`component:default/c${index}`, {}, [
        'ownedBy group:default/department',
        `dependsOn component:default/c${index + 1}`,
        `dependsOn resource:default/r${index}`,
      ]),
    );
    const found = await collectAll(
      new CatalogCollector({ lookup, missing }),
      many,
    );
    expect(found).toHaveLength(200);
    // 401 refs in one, and the groups in as many as there are levels of them
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(3);

    await expect(
      collectAll(new CatalogCollector({ lookup, missing }), many, {
        signal: AbortSignal.abort(),
      }),
    ).rejects.toThrow(/abort/);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(3);
  });

  it('are looked at again when what they name has come', async () => {
    const present: Entity[] = [];
    const catalog = catalogServiceMock.mock();
    catalog.getEntitiesByRefs.mockImplementation(async ({ entityRefs }) => ({
      items: entityRefs.map(ref =>
        present.find(({ metadata }) => ref.endsWith(`/${metadata.name}`)),
      ),
    }));
    const lookup = new CatalogLookup({ auth: mockServices.auth(), catalog });
    const logger = mockServices.logger.mock();
    const missing = new MissingRefs({ logger, lookup, lookMs: 1 });
    const late = new CatalogCollector({ lookup, missing });
    const shop = entity('component:default/shop', {}, [
      'partOf system:default/sales',
    ]);
    const lonely = entity('component:default/lonely', {}, [
      'partOf system:default/never',
    ]);
    await collectAll(late, [shop, lonely]);

    const refresh = jest.fn(async () => {});
    late.start({ refresh, refreshByAnnotation: async () => {} });
    try {
      // The first look after it came is the first that finds it
      catalog.getEntitiesByRefs.mockRejectedValueOnce(new Error('away'));
      present.push(entity('system:default/sales'));
      await eventually('a new look at it', () => refresh.mock.calls.length > 0);
      expect(refresh).toHaveBeenCalledWith({
        entityRefs: ['component:default/shop'],
      });
      const [found] = await collectAll(late, [shop]);
      expect(valuesOf(found)).toMatchObject({
        'catalog.system.resolves': true,
        'catalog.relations.dangling': [],
      });
      const looks = catalog.getEntitiesByRefs.mock.calls.length;
      await eventually(
        'looks for what is missing still',
        () => catalog.getEntitiesByRefs.mock.calls.length > looks + 2,
      );
      expect(refresh).toHaveBeenCalledTimes(1);
    } finally {
      missing.stop();
    }
  });
});
