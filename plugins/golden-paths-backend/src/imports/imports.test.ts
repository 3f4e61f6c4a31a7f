import { eventually } from '@waymark/backend-test-support';
import { Knex } from 'knex';
import { databases, initDatabase } from '../__testUtils__/databases';
import { startSupport } from '../__testUtils__/startSupport';

const HEADER = 'time,entity,environment,artifact,revision,kind,url';

describe.each(databases.eachSupportedId())('imports of CSV on %s', id => {
  let knex: Knex;
  let backend: Awaited<ReturnType<typeof startSupport>>;

  beforeAll(async () => {
    knex = await initDatabase(id);
    backend = await startSupport({ knex, config: {} });
  });
  afterEach(async () => {
    await knex('events').delete();
    await knex('imports').delete();
  });
  afterAll(() => backend?.stop());

  const send = (csv: string, options: { who?: string; query?: string } = {}) =>
    backend.call(
      options.who ?? 'adaeze',
      `/imports/csv${options.query ?? ''}`,
      { body: csv, contentType: 'text/csv; charset=utf-8' },
    );
  const events = () => knex('events').orderBy('occurred_at');

  it('takes what a file says, and the same file only once', async () => {
    const csv = [
      `\uFEFF${HEADER}`,
      '2026-01-05T08:00:00Z,component:default/fares,production,pkg:oci/fares?tag=1,a1,deployed,https://ci.example/1',
      '2026-01-06T09:00:00+01:00,fares,"production",,b2,,',
      '"2026-01-07T08:00:00Z","Component:default/Fares",production,"a ""quoted"", thing",,rolledback,',
      '',
      '2026-01-08T08:00:00Z,fares,staging,,,removed,',
      '',
    ].join('\r\n');
    const first = await send(csv, { query: '?observed=true' });
    expect(first).toMatchObject({
      status: 200,
      kind: 'csv',
      state: 'succeeded',
      observed: true,
      startedBy: 'user:default/adaeze',
      read: 4,
      accepted: 4,
      duplicates: 0,
      refused: 0,
      problems: [],
    });
    const rows = await events();
    expect(
      rows.map(row => [
        row.type.split('.')[3],
        new Date(row.occurred_at).toISOString(),
        row.entity_ref,
        Boolean(row.observed),
        row.received_from,
      ]),
    ).toEqual(
      [
        ['deployed', '2026-01-05T08:00:00.000Z'],
        ['deployed', '2026-01-06T08:00:00.000Z'],
        ['rolledback', '2026-01-07T08:00:00.000Z'],
        ['removed', '2026-01-08T08:00:00.000Z'],
      ].map(row => [
        ...row,
        'component:default/fares',
        true,
        'user:default/adaeze',
      ]),
    );
    expect(
      rows.map(row => JSON.parse(row.envelope).data.subject.content),
    ).toEqual([
      {
        environment: { id: 'production' },
        artifactId: 'pkg:oci/fares?tag=1',
      },
      {
        environment: { id: 'production' },
        artifactId: 'pkg:generic/fares@b2',
      },
      {
        environment: { id: 'production' },
        artifactId: 'a "quoted", thing',
      },
      { environment: { id: 'staging' } },
    ]);
    expect(JSON.parse(rows[0].envelope).data.customData).toEqual({
      revision: 'a1',
      url: 'https://ci.example/1',
    });

    // With other ends of lines, in another order of columns it is the same
    await expect(send(csv.replace(/\r/g, ''))).resolves.toMatchObject({
      accepted: 0,
      duplicates: 4,
    });
    await expect(
      send(
        'entity,environment,revision,time\nfares,production,b2,2026-01-06T08:00:00Z',
      ),
    ).resolves.toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await events()).toHaveLength(4);
    const { items } = await backend.call('adaeze', '/imports');
    expect(items).toHaveLength(3);
    await expect(
      backend.call('adaeze', `/imports/${first.id}`),
    ).resolves.toMatchObject({ id: first.id, accepted: 4 });
  });

  it('names what is wrong by line and column, and takes the rest', async () => {
    const good = '2026-01-05T08:00:00Z,fares,production,,a1,,';
    const lines: [string, number, string][] = [
      ['yesterday,fares,production,,a1,,', 3, 'time'],
      ['2026-01-05,fares,production,,a1,,', 4, 'time'],
      ['2999-01-05T08:00:00Z,fares,production,,a1,,', 5, 'time'],
      ['1066-01-05T08:00:00Z,fares,production,,a1,,', 6, 'time'],
      ['2026-01-05T08:00:00Z,a/b/c,production,,a1,,', 7, 'entity'],
      ['2026-01-05T08:00:00Z,fares,,,a1,,', 8, 'environment'],
      ['2026-01-05T08:00:00Z,fares,production,,,,', 9, 'artifact'],
      [
        '2026-01-05T08:00:00Z,fares,production,,a1,exploded,',
        10,
        'kind: has to be deployed',
      ],
      [
        '2026-01-05T08:00:00Z,fares,production,,a1,,javascript:alert(1)',
        11,
        'url',
      ],
      ['2026-01-05T08:00:00Z,fares', 12, '2 cells'],
    ];
    const result = await send(
      [HEADER, good, ...lines.map(([text]) => text)].join('\n'),
    );
    expect(result).toMatchObject({
      state: 'succeeded',
      read: 11,
      accepted: 1,
      refused: 10,
    });
    expect(
      result.problems.map((problem: { line: number }) => problem.line),
    ).toEqual(lines.map(([, line]) => line));
    for (const [index, [, , named]] of lines.entries()) {
      expect(result.problems[index].message).toContain(named);
    }
  });

  it('refuses what is no such file, and keeps what came before', async () => {
    const bad: [string, string][] = [
      ['', 'empty'],
      ['time;entity;environment', 'none of the columns'],
      ['time,entity', 'the column environment is missing'],
      ['time,time,entity,environment', 'the column time is there twice'],
      [`${HEADER}\n"never closed`, 'Line 2: has a quote that is never closed'],
      [`${HEADER}\n"a"b,c`, 'Line 2: has text behind a closing quote'],
      [`${HEADER}\n${'x'.repeat(9_000)}`, 'Line 2: has a cell of more than'],
      [`${HEADER}\n${','.repeat(200)}`, 'Line 2: has more than 100 cells'],
    ];
    for (const [csv, named] of bad) {
      const { status, error } = await send(csv);
      expect({ named, status }).toEqual({ named, status: 400 });
      expect(error.message).toContain(named);
    }
    const broken = await send(
      `${HEADER}\n2026-01-05T08:00:00Z,fares,production,,a1,,\n"never`,
    );
    expect(broken.status).toBe(400);
    expect(await events()).toHaveLength(1);
    const { items } = await backend.call('adaeze', '/imports');
    expect(items[0]).toMatchObject({
      state: 'failed',
      accepted: 1,
      error: expect.stringContaining('Line 3'),
    });

    const row = `2026-01-05T08:00:00Z,fares,${'x'.repeat(200)},,a1,,\n`;
    await expect(send(HEADER + row.repeat(120_000))).resolves.toMatchObject({
      status: 413,
    });
    await expect(send(HEADER, { who: 'joel' })).resolves.toMatchObject({
      status: 403,
    });
    await expect(backend.call('joel', '/imports')).resolves.toMatchObject({
      status: 403,
    });
    await expect(
      backend.call('adaeze', '/imports/csv', { body: {} }),
    ).resolves.toMatchObject({ status: 415 });
    await expect(
      send(HEADER, { query: '?observed=perhaps' }),
    ).resolves.toMatchObject({ status: 400 });
  });

  it('takes many lines while they arrive', async () => {
    const rows = Array.from(
      { length: 5_000 },
      (_, index) =>
        `${new Date(
          Date.UTC(2026, 0, 1) + index * 60_000,
        ).toISOString()},fares,production,,r${index},,`,
    );
    const seen: number[] = [];
    const sending = send([HEADER, ...rows].join('\n'));
    const [result] = await Promise.all([
      sending,
      eventually('progress is seen', async () => {
        const row = await knex('imports').first();
        seen.push(row?.read ?? 0);
        return row?.read > 0;
      }),
    ]);
    expect(result).toMatchObject({ read: 5_000, accepted: 5_000 });
    expect(await events()).toHaveLength(5_000);
  });
});
