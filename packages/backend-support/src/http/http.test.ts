import { z } from 'zod';
import { countFitting } from './countFitting';
import { decodeCursor, encodeCursor } from './cursor';
import { parse } from './parse';
import {
  entityParamsSchema,
  entityRefSchema,
  limitSchema,
  pastSchema,
  timeSchema,
} from './schemas';

describe('parse', () => {
  it('names each field that is wrong, and why', () => {
    const schema = z.object({
      limit: limitSchema({ default: 20, max: 100 }),
      at: timeSchema,
      items: z.array(z.object({ name: z.string() })),
    });
    expect(() =>
      parse(schema, { limit: '101', at: 'today', items: [{}, 1] }, 'query'),
    ).toThrow(
      /^Bad query: limit: .*<=100; at: has to be a time with a zone .*; items\[0\]\.name: is missing; items\[1\]: /,
    );
    expect(() =>
      parse(z.object({ cursor: z.string() }), { cursor: ['a', 'b'] }, 'query'),
    ).toThrow('Bad query: cursor: may be given once');
    expect(() => parse(schema, [], 'body')).toThrow(/^Bad body: body: /);
  });

  it('lists no more than ten mistakes', () => {
    expect(() =>
      parse(z.array(z.string()), Array(1000).fill(1), 'body'),
    ).toThrow(/^([^;]+;){9}[^;]+$/);
  });

  it('does not repeat all that was sent', () => {
    expect(() =>
      parse(z.strictObject({}), { ['x'.repeat(1e6)]: 1 }, 'body'),
    ).toThrow(/^.{1,600}$/);
  });
});

describe('refs', () => {
  it.each([
    ['component:default/Checkout', 'component:default/checkout'],
    ['Component:checkout', 'component:default/checkout'],
  ])('takes %s', (text, ref) => {
    expect(parse(entityRefSchema(), text, 'body')).toBe(ref);
  });

  it.each([
    'checkout',
    'a:b:c',
    'a:b/c/d',
    '',
    'a:b c',
    'a:b\0c',
    'x'.repeat(500),
  ])('refuses %s', text => {
    expect(() => parse(entityRefSchema(), text, 'body')).toThrow(
      /^Bad body: body: /,
    );
  });

  it('takes the parts of a path', () => {
    expect(
      parse(
        entityParamsSchema,
        { kind: 'Component', namespace: 'default', name: 'Checkout' },
        'path',
      ),
    ).toBe('component:default/checkout');
  });
});

describe('times that have been', () => {
  const now = Date.parse('2026-11-20T08:00:00Z');
  const past = (text: string) =>
    parse(
      pastSchema(() => now),
      text,
      'query',
    );

  it.each([
    ['2026-11-19', '2026-11-19T23:59:59.999Z'],
    ['2026-11-20', '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T09:00:00+02:00', '2026-11-20T07:00:00.000Z'],
  ])('takes %s as %s', (text, time) => {
    expect(new Date(past(text)).toISOString()).toBe(time);
  });

  it.each(['2026-11-21', '2026-11-20T08:00:01Z', '2026-11-20T07:00:00', '1'])(
    'refuses %s',
    text => {
      expect(() => past(text)).toThrow(/^Bad query: query: has to be /);
    },
  );
});

describe('pages', () => {
  it('have as much as there is room for, and at least one', () => {
    const item = 'ö'.repeat(20_000);
    expect(countFitting([])).toBe(0);
    expect(countFitting([item, item])).toBe(2);
    expect(countFitting(Array(9).fill(item))).toBe(3);
    expect(countFitting([item.repeat(9), item])).toBe(1);
  });
});

describe('cursors', () => {
  const list = ['results', { level: 'gold' }];
  const schema = z.tuple([z.string(), z.number()]);
  const cursor = encodeCursor(list, ['checkout', 7]);

  it('lead back to their position', () => {
    expect(decodeCursor(list, schema, cursor)).toEqual(['checkout', 7]);
  });

  it.each([
    ['nonsense', list, 'nonsense'],
    ['a changed one', list, `${cursor.slice(0, -3)}AAA`],
    ['one of another list', ['results', { level: 'silver' }], cursor],
  ])('are refused: %s', (_, of, text) => {
    expect(() => decodeCursor(of, schema, text)).toThrow(
      'cursor: is not one of this list',
    );
  });
});
