import { TestDatabases } from '@backstage/backend-test-utils';
import { eventually } from '@waymark/backend-test-support';
import { ENTITIES, PAGES } from './__testUtils__/railway';
import { startSearch, type Search } from './__testUtils__/startSearch';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('search on %p', id => {
  let search: Search;

  beforeAll(async () => {
    search = await startSearch({
      databases,
      id,
      entities: ENTITIES,
      pages: PAGES,
    });
    search.entities = ENTITIES.slice(0, 4);
    await eventually('the first index', () => search.isReady());
    // The catalog goes on, and what is found is no longer all there is
    search.entities = ENTITIES;
    await eventually(
      'more than was indexed',
      async () => !(await search.isReady()),
    );
    await eventually('the index', () => search.isReady());
    // Else each of what follows fails
    if ((await search.names('commuters')).length === 0) {
      throw new Error('The index is ready without all of the catalog');
    }
    await eventually(
      'the index of pages',
      async () => (await search.names('rounding')).length > 0,
    );
  });

  afterAll(() => search?.stop());

  it.each([
    // What is named so comes first, then what begins so, what was made for it after
    ['fare', ['fare-engine', 'api/fares', 'resource/fare-engine-db']],
    ['fare-engine', ['fare-engine', 'fare-engine/', 'resource/fare-engine-db']],
    ['fareengine', ['fare-engine', 'resource/fare-engine-db']],
    ['fare eng', ['fare-engine', 'resource/fare-engine-db']],
    ['engine', ['fare-engine']],
    // However many others have the word
    ['api', ['api']],
    ['api-59', ['api-59-adapter']],
    // The parts of a name, however it is written
    ['planner', ['journeyplanner']],
    ['import', ['timetable.import']],
    ['events', ['resource/order_events']],
    ['order', ['order-service', 'resource/order_events']],
    // While it is still typed
    ['ticketi', ['group/ticketing']],
    ['squad tick', ['group/ticketing']],
    // The name before the title of a page, before the description
    ['ticket', ['ticket-shop', 'system/ticket-sales']],
    ['shop', ['ticket-shop', 'mail-gateway']],
    // Of the description
    ['commuters', ['season-tickets']],
    ['renewing commuters', ['season-tickets']],
    ['react', ['ticket-shop']],
    // People, by all they are called
    ['joel', ['user/joel.hartwig']],
    ['hartwig joel', ['user/joel.hartwig']],
    ['maren.osei@kestrelvale.example', ['user/maren.osei']],
    ['zoe', ['user/zoe.lacroix']],
    ['Zoë', ['user/zoe.lacroix']],
    // Golden paths
    ['node', ['template/node-api']],
    // Pages, at the section
    ['rounding', ['fare-engine/rounding/']],
    ['restarting', ['order-service/runbook/#restarting']],
    ['deploying', ['fare-engine/rounding/']],
    // With a slip
    ['fare-enigne', ['fare-engine']],
    ['hartwieg', ['user/joel.hartwig']],
    ['jorneyplanner', ['journeyplanner']],
    // Rather one word than nothing
    ['planner zeppelin', ['journeyplanner']],
    // What engines take for operators, and nothing
    [`ti'cket & | ! :* (`, []],
    ['zeppelin', []],
    ['annotationsonly', []],
  ])('finds for %p first %p', async (term, expected) => {
    const names = await search.names(term);
    expect(names.slice(0, Math.max(expected.length, 1))).toEqual(expected);
  });

  it('tells what was asked for from what is only like it', async () => {
    for (const [term, isSimilar] of [
      ['fare-engine', undefined],
      ['fare-enigne', true],
      ['planner zeppelin', true],
    ] as const) {
      const [{ document }] = (await search.query(term)).results;
      expect(document).toHaveProperty('title');
      expect(Reflect.get(document, 'isSimilar')).toBe(isSimilar);
    }
  });

  it('puts what is deprecated after what is not', async () => {
    const names = await search.names('fare');
    expect(names).toContain('fare-calculator');
    expect(names.indexOf('fare-calculator')).toBeGreaterThan(
      names.indexOf('resource/fare-engine-db'),
    );
    expect(await search.names('fare-calculator')).toEqual(['fare-calculator']);
  });

  it('leaves out where entities are read from, unless asked for', async () => {
    expect(await search.names('generated-fare')).not.toContain(
      'location/generated-fare',
    );
    expect(
      await search.names('generated-fare', { 'filters[kind]': 'Location' }),
    ).toEqual(['location/generated-fare']);
  });

  it('filters by one value or several, and lists all without a term', async () => {
    expect(
      await search.names('fare', {
        'types[0]': 'software-catalog',
        'filters[kind]': 'Resource',
      }),
    ).toEqual(['resource/fare-engine-db']);
    expect(
      await search.names('', {
        'types[0]': 'software-catalog',
        'filters[kind][0]': 'User',
        'filters[kind][1]': 'Group',
      }),
    ).toEqual([
      'user/joel.hartwig',
      'user/maren.osei',
      'group/ticketing',
      'user/zoe.lacroix',
    ]);
    expect(
      await search.names('ticket', {
        'filters[owner]': 'group:default/nobody',
      }),
    ).toEqual([]);
  });

  it('turns pages without losing or repeating a result', async () => {
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const { results, nextPageCursor } = await search.query('adapter', {
        pageLimit: '100',
        ...(cursor ? { pageCursor: cursor } : {}),
      });
      for (const { document } of results) {
        expect(seen).not.toContain(document.location);
        seen.add(document.location);
      }
      cursor = nextPageCursor;
    } while (cursor);
    expect(seen.size).toBeGreaterThanOrEqual(500);
    await expect(
      search.query('adapter', { pageCursor: 'bm90aGluZw==' }),
    ).rejects.toThrow('500');
  });

  it('takes a page of nothing, or less, for none that was asked for', async () => {
    const usual = await search.query('adapter');
    for (const pageLimit of ['0', '-1']) {
      const { results } = await search.query('adapter', { pageLimit });
      expect(results.length).toBeLessThanOrEqual(25);
      expect(usual.results).toEqual(expect.arrayContaining(results));
    }
  });

  it('marks the words, and shows the part of a long page that has them', async () => {
    const [{ document, highlight }] = (await search.query('consumers')).results;
    expect(document.text).toMatch(/[Rr]estart the consumers/);
    expect(document.text.length).toBeLessThan(300);
    const { preTag = '', postTag = '', fields = {} } = highlight ?? {};
    expect(fields.text).toContain(`${preTag}consumers${postTag}`);
    const [page] = (await search.query('restarting')).results;
    expect(page.document).toMatchObject({ pageTitle: 'Runbook' });
  });

  it('shows and counts nothing that the reader may not see', async () => {
    search.hidden.add('component:default/fare-engine');
    try {
      const { results, numberOfResults } = await search.query('fare-engine');
      expect(results.map(({ document }) => document.location)).toEqual([
        '/catalog/default/resource/fare-engine-db',
      ]);
      expect(numberOfResults).toBeUndefined();
      expect(await search.names('fare-enigne')).toEqual([
        'resource/fare-engine-db',
      ]);
    } finally {
      search.hidden.clear();
    }
  });

  it('finds within seconds what is new, and no more what is gone', async () => {
    const [first] = ENTITIES;
    search.entities = [
      ...ENTITIES.slice(1),
      {
        ...first,
        metadata: { ...first.metadata, name: 'tariff-engine', etag: 'second' },
      },
    ];
    // The schedule of the test is an hour
    await eventually('the new name', async () =>
      (await search.names('tariff-engine')).includes('tariff-engine'),
    );
    expect(await search.names('fare-engine')).not.toContain('fare-engine');
  });
});
