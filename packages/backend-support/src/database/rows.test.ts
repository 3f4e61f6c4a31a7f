import { Knex } from 'knex';
import { databases } from '../__testUtils__/databases';
import { deleteRows } from './deleteRows';
import { insertRows } from './insertRows';
import { inTransaction } from './inTransaction';
import { lockForUpdate } from './lockForUpdate';
import { selectRows } from './selectRows';
import { skipLocked } from './skipLocked';
import { toMillis } from './toMillis';
import { updateRows } from './updateRows';
import { whereAny } from './whereAny';

const TABLE = 'rows_of_the_test';
const COLUMNS = ['a', 'b', 'text', 'number', 'flag', 'time'] as const;

interface Row {
  a: number;
  b: string;
  text: string | null;
  number: number | null;
  flag: boolean | number | null;
  time: string | number | null;
}

describe.each(databases.eachSupportedId())('rows in bulk on %s', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
    await knex.schema.createTable(TABLE, table => {
      table.integer('a').notNullable();
      table.string('b').notNullable();
      table.text('text');
      table.double('number');
      table.boolean('flag');
      table.bigInteger('time');
      table.primary(['a', 'b']);
    });
  });
  beforeEach(() => knex(TABLE).delete());

  const insert = (
    rows: Parameters<typeof insertRows>[1]['rows'],
    merge?: string[],
  ) =>
    insertRows<Row>(knex, {
      table: TABLE,
      columns: COLUMNS,
      rows,
      onConflict: merge && { columns: ['a', 'b'], merge },
      returning: ['a'],
    });
  const all = async () => {
    const rows: Row[] = await knex(TABLE).orderBy(['a', 'b']);
    return rows.map(({ a, b, text, number, flag, time }) => [
      a,
      b,
      text,
      number,
      flag === null ? null : Boolean(flag),
      toMillis(time),
    ]);
  };

  it('keep every value as it is', async () => {
    const texts = [
      '',
      'NULL',
      '"',
      '\\',
      '{a,b}',
      "'; --",
      '?',
      '??',
      ' x ',
      '\n',
      '🚀',
      '[1]',
      '1e3',
    ];
    const rows = texts.map((text, a) => [
      a,
      text,
      a % 2 ? text : null,
      a === 0 ? 1e-7 : a + 0.25,
      a % 3 ? a % 2 === 0 : null,
      1_790_000_000_000 + a,
    ]);
    expect(await insert(rows)).toHaveLength(rows.length);
    expect(await all()).toEqual(rows);
    expect(
      await selectRows<Row>(knex, {
        table: TABLE,
        keys: ['a', 'b'],
        rows: [...rows.map(([a, b]) => [a, b]), [99, 'x']],
        columns: ['b'],
      }),
    ).toHaveLength(rows.length);
    await insert([]);
  });

  it('are written over, or left alone, where they are', async () => {
    await insert([
      [1, 'x', 'old', 1, true, 1],
      [2, 'x', 'old', 2, true, 2],
    ]);
    const news = [
      [2, 'x', 'new', 3, false, 3],
      [3, 'x', 'new', 3, false, undefined],
    ];
    expect(await insert(news, [])).toEqual([{ a: 3 }]);
    expect(await insert(news, ['text', 'time'])).toHaveLength(2);
    expect(await all()).toEqual([
      [1, 'x', 'old', 1, true, 1],
      [2, 'x', 'new', 2, true, 3],
      [3, 'x', 'new', 3, false, undefined],
    ]);
    await insertRows(knex, {
      table: TABLE,
      columns: ['a', 'b', 'number'],
      rows: [
        [2, 'x', 5],
        [2, 'x2', 5],
      ],
      onConflict: { columns: ['a', 'b'], merge: [], add: ['number'] },
    });
    expect(
      await knex(TABLE).where({ a: 2 }).orderBy('b').pluck('number'),
    ).toEqual([7, 5]);
    await knex(TABLE).where({ b: 'x2' }).delete();
    await updateRows(knex, {
      table: TABLE,
      keys: ['a', 'b'],
      columns: ['text', 'number'],
      rows: [
        [1, 'x', null, 7],
        [3, 'x', 'other', 8],
        [4, 'x', 'nobody', 9],
      ],
    });
    await deleteRows(knex, {
      table: TABLE,
      keys: ['a', 'b'],
      rows: [
        [2, 'x'],
        [3, 'y'],
      ],
    });
    expect((await all()).map(row => row.slice(0, 4))).toEqual([
      [1, 'x', null, 7],
      [3, 'x', 'other', 8],
    ]);
  });

  it('are as many as one likes', async () => {
    const rows = Array.from({ length: 25_001 }, (_, a) => [
      a,
      'x',
      null,
      a,
      true,
      a,
    ]);
    expect(await insert(rows, ['number'])).toHaveLength(25_001);
    const numbers = rows.map(([a]) => a as number);
    expect(
      await whereAny(knex, knex(TABLE), 'a', numbers).count({ n: '*' }),
    ).toEqual([{ n: id === 'SQLITE_3' ? 25_001 : '25001' }]);
    await deleteRows(knex, {
      table: TABLE,
      keys: ['a'],
      rows: rows.map(([a]) => [a]),
    });
    expect(await all()).toEqual([]);
  });

  it('are undone when the work fails, and the work goes again after a deadlock', async () => {
    await insert([
      [1, 'x', null, 0, true, 0],
      [2, 'x', null, 0, true, 0],
    ]);
    await expect(
      inTransaction(knex, async tx => {
        await tx(TABLE).delete();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');

    const add = (order: number[]) =>
      inTransaction(knex, async tx => {
        for (const a of order) {
          await tx(TABLE).where({ a }).increment('number');
          await tx.raw(
            id === 'SQLITE_3' ? 'select 1' : 'select pg_sleep(0.05)',
          );
        }
      });
    await Promise.all([add([1, 2]), add([2, 1])]);
    expect((await all()).map(row => row[3])).toEqual([2, 2]);
  });

  it('are passed over by those who do not want to wait', async () => {
    await insert([
      [1, 'x', null, 0, true, 0],
      [2, 'x', null, 0, true, 0],
    ]);
    const free = (tx: Knex.Transaction) =>
      skipLocked(tx, tx<Row>(TABLE).orderBy('a')).pluck('a');
    await knex.transaction(async tx => {
      await lockForUpdate(tx, tx(TABLE).where({ a: 1 }));
      // SQLite has one connection: nobody else is there
      const others = id === 'SQLITE_3' ? [2] : await knex.transaction(free);
      expect(others).toEqual([2]);
      expect(await free(tx)).toEqual([1, 2]);
    });
  });
});
