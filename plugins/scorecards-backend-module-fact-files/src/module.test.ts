import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { CollectedFacts } from '@waymark/plugin-scorecards-node';
import {
  collectAll,
  eventually,
  startCollectors,
} from '@waymark/backend-test-support';
import factFiles from '.';
import { FactFilesCollector } from './FactFilesCollector';
import { FactFile } from './files/FactFile';
import { parseFactFile } from './files/parseFactFile';

const component = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
});
const NOW = Date.parse('2026-11-20T12:00:00Z');

describe('files of facts', () => {
  const folder = createMockDirectory();
  const at = (name: string) => join(folder.path, name);

  /** One file after the other, at a time that stands still. */
  function create(...names: string[]) {
    const logger = mockServices.logger.mock();
    const files = names.map(
      name => new FactFile({ path: at(name), source: name, logger }),
    );
    return {
      logger,
      collector: new FactFilesCollector({
        files,
        logger,
        now: () => NOW,
        lookMs: 50,
      }),
    };
  }

  it('says what the files say, with its time and its source', async () => {
    folder.setContent({
      'facts.yaml': `
        - entityRef: Component:fares
          age: { days: 2, hours: 1 }
          facts: { coverage.percent: 84.2, onCall.rotation: '' }
        - entityRef: component:default/fares
          observedAt: 2026-11-20T08:00:00+01:00
          facts: { slo.endpointsWithoutSlo: [GET /v1/fares] }`,
    });
    const backend = await startCollectors({
      features: [factFiles],
      config: {
        scorecards: {
          factFiles: [{ path: at('facts.yaml'), source: 'The scanner' }],
        },
      },
    });
    const [collector] = backend.collectors;
    const before = Date.now();
    const found = await collectAll(collector, [
      component('fares'),
      component('orders'),
    ]);
    await backend.stop();
    const source = 'The scanner';
    const twoDaysAgo = expect.any(Date);
    expect(found).toEqual([
      {
        entityRef: 'component:default/fares',
        facts: [
          {
            name: 'coverage.percent',
            value: 84.2,
            observedAt: twoDaysAgo,
            source,
          },
          {
            name: 'onCall.rotation',
            value: '',
            observedAt: twoDaysAgo,
            source,
          },
          {
            name: 'slo.endpointsWithoutSlo',
            value: ['GET /v1/fares'],
            observedAt: new Date('2026-11-20T07:00:00Z'),
            source,
          },
        ],
        state: JSON.stringify([at('facts.yaml')]),
      },
      { entityRef: 'component:default/orders', facts: [], state: undefined },
    ]);
    const { facts } = found[0] as Extract<CollectedFacts, { facts: unknown }>;
    expect(
      Math.abs(before - 49 * 3_600_000 - facts[0].observedAt!.getTime()),
    ).toBeLessThan(60_000);
  });

  it('is not there without files', async () => {
    const backend = await startCollectors({ features: [factFiles] });
    expect(backend.collectors).toEqual([]);
    await backend.stop();
  });

  it('lets the later file hold', async () => {
    folder.setContent({
      'one.yaml': '[{ entityRef: component:fares, facts: { a: 1, b: 1 } }]',
      'two.json': '[{"entityRef":"component:fares","facts":{"b":2}}]',
    });
    const [found] = await collectAll(create('one.yaml', 'two.json').collector, [
      component('fares'),
    ]);
    expect(found).toMatchObject({
      facts: [
        { name: 'a', value: 1, source: 'one.yaml' },
        { name: 'b', value: 2, source: 'two.json' },
      ],
    });
  });

  it('goes on without a broken file, which takes nothing away', async () => {
    folder.setContent({
      'good.yaml': '[{ entityRef: component:fares, facts: { a: 1 } }]',
      'bad.yaml': '- entityRef: fares',
    });
    const { collector, logger } = create('good.yaml', 'bad.yaml', 'none.yaml');
    const entities = [component('fares'), component('orders')];
    // The broken file said something of the orders before the restart
    const states = new Map([
      ['component:default/orders', JSON.stringify([at('bad.yaml')])],
    ]);
    expect(await collectAll(collector, entities, { states })).toEqual([
      expect.objectContaining({
        entityRef: 'component:default/fares',
        facts: [expect.objectContaining({ name: 'a', value: 1 })],
      }),
      {
        entityRef: 'component:default/orders',
        error: expect.objectContaining({
          message: expect.stringContaining(`${at('bad.yaml')} is not used`),
        }),
      },
    ]);
    await collectAll(collector, entities);
    // Once for each, not at every look
    expect(logger.error.mock.calls.map(([message]) => message).sort()).toEqual([
      expect.stringMatching(/bad\.yaml is not used.*line 1, \[0\].*Mend it/),
      expect.stringMatching(/none\.yaml is not used.*ENOENT.*Mend it/),
    ]);

    await writeFile(
      at('bad.yaml'),
      '[{ entityRef: component:orders, facts: { a: 3 } }]',
    );
    const [, mended] = await collectAll(collector, entities, { states });
    expect(mended).toMatchObject({ facts: [{ name: 'a', value: 3 }] });

    // Broken again: what it said stays
    await writeFile(at('bad.yaml'), '{');
    const [, broken] = await collectAll(collector, entities);
    expect(broken).toMatchObject({ error: expect.any(Error) });

    // Empty: nothing is said any more
    await writeFile(at('bad.yaml'), '');
    const [, empty] = await collectAll(collector, entities);
    expect(empty).toMatchObject({ facts: [] });
  });

  it('has entities collected when their file changes', async () => {
    folder.setContent({
      'facts.yaml': '[{ entityRef: component:fares, facts: { a: 1 } }]',
    });
    const { collector } = create('facts.yaml');
    const asked: string[][] = [];
    await collector.start({
      refresh: async ({ entityRefs }) => {
        asked.push(entityRefs);
      },
      refreshByAnnotation: async () => {},
    });
    await writeFile(
      at('next.yaml'),
      '[{ entityRef: component:orders, facts: { a: 1 } }]',
    );
    await rename(at('next.yaml'), at('facts.yaml'));
    await eventually('both are asked for', () => asked.length > 0);
    collector.stop();
    expect(asked).toEqual([
      ['component:default/fares', 'component:default/orders'],
    ]);
  });
});

describe('what a file may say', () => {
  it.each([
    ['a: [', /Flow sequence/],
    ['a: 1', /line 1, the file: .*expected array/i],
    ['- facts: {}', /line 1, \[0\]\.entityRef/],
    ['- entityRef: fares\n  facts: {}', /line 1.*no entity is called "fares"/],
    [
      '- entityRef: component:fares\n  facts:\n    on-call: 1',
      /line 3, \[0\]\.facts\["on-call"\]: no name of a fact/,
    ],
    [
      '- entityRef: component:fares\n  facts: { a.constructor: 1 }',
      /line 2, \[0\]\.facts\["a\.constructor"\]: no name/,
    ],
    [
      '- entityRef: component:fares\n  facts: { a: .nan }',
      /line 2, \[0\]\.facts\.a/,
    ],
    [
      '- entityRef: component:fares\n  facts: { a: 1 }\n  observedAt: 2026-11-20',
      /line 3, \[0\]\.observedAt: no time with its zone/,
    ],
    [
      '- entityRef: component:fares\n  facts: { a: 1 }\n  age: { years: 1 }',
      /line 3, \[0\]\.age.*"years"/,
    ],
    [
      '- entityRef: component:fares\n  facts: { a: 1 }\n  age: {}\n  observedAt: 2026-11-20T08:00:00Z',
      /\[0\]: has both observedAt and age/,
    ],
    [
      '- { entityRef: component:fares, facts: { a: 1 } }\n- { entityRef: component:fares, facts: { a: 2 } }',
      /line 2, \[1\]\.facts\.a: component:default\/fares has it twice/,
    ],
    ['- { entityRef: component:fares, fact: { a: 1 } }', /"fact"/],
    [
      `[${'{ facts: {} }, '.repeat(7)}]`,
      /\[4\]\.entityRef: [^;]*; and 2 more$/,
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseFactFile(text)).toThrow(message);
  });
});
