import { mockApis } from '@backstage/frontend-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  add,
  arrange,
  hide,
  move,
  parseChanges,
  reset,
  type Changes,
} from './arrangement';
import { readLayout } from './readLayout';

const LAYOUT = { widgets: ['a', 'b', 'gone', 'c'], hidden: ['c'] };
const AVAILABLE = ['later', 'c', 'b', 'a'];

const apply = (changes: Changes) =>
  arrange({ available: AVAILABLE, layout: LAYOUT, changes });

describe('the arrangement of the home page', () => {
  it('follows the layout, and puts what that does not know behind it', () => {
    expect(apply({ closed: {} })).toEqual({
      shown: ['a', 'b', 'later'],
      hidden: ['c'],
    });
  });

  it('moves, hides and adds, and goes back to the start', () => {
    let changes: Changes = { closed: {} };
    const step = (what: typeof move, name: string, by = 0) => {
      changes = what({ arrangement: apply(changes), changes, name, by });
      return apply(changes);
    };
    expect(step(move, 'later', -1).shown).toEqual(['a', 'later', 'b']);
    // No further than to the end
    expect(step(move, 'b', 1).shown).toEqual(['a', 'later', 'b']);
    expect(step(hide, 'a')).toEqual({
      shown: ['later', 'b'],
      hidden: ['c', 'a'],
    });
    expect(step(add, 'c')).toEqual({
      shown: ['later', 'b', 'c'],
      hidden: ['a'],
    });
    expect(apply(reset(changes))).toEqual(apply({ closed: {} }));
  });

  it('puts a widget that came later where it stands by default', () => {
    const changes: Changes = { order: ['b', 'a'], hidden: ['b'], closed: {} };
    expect(apply(changes)).toEqual({
      shown: ['later', 'a'],
      hidden: ['b', 'c'],
    });
  });

  it('keeps closed what has done its work, until it is asked for again', () => {
    const closed: Changes = { closed: { a: true } };
    expect(apply(closed)).toEqual({
      shown: ['b', 'later'],
      hidden: ['a', 'c'],
    });
    expect(apply(reset(closed)).hidden).toContain('a');

    const again = add({
      arrangement: apply(closed),
      changes: closed,
      name: 'a',
    });
    expect(again.closed).toEqual({ a: false });
    expect(apply(again).shown).toContain('a');
  });

  it.each([undefined, 'nonsense', { order: 7 }, { closed: [] }])(
    'takes %j for nothing stored',
    stored => {
      expect(parseChanges(stored)).toEqual({ closed: {} });
    },
  );
});

describe('the layouts of the configuration', () => {
  const read = (groups: string[], layouts?: object[]) =>
    readLayout(
      mockApis.config({
        data: { home: layouts ? { layouts } : {} } as JsonObject,
      }),
      groups,
    );

  it('takes the first one that is for a group of the reader', () => {
    const layouts = [
      { groups: ['not a:reference:at all'], widgets: ['home/search'] },
      { groups: ['harbour'], widgets: ['home/owned'], hidden: ['home/create'] },
      { groups: ['group:default/harbour', 'group:sea/crew'] },
      { widgets: ['home/create'] },
    ];
    expect(read(['group:default/harbour'], layouts)).toEqual({
      widgets: ['home/owned'],
      hidden: ['home/create'],
    });
    expect(read(['group:sea/crew'], layouts)).toEqual(read([]));
    expect(read([], layouts).widgets).toEqual(['home/create']);
  });

  it('has one of its own for whom there is none', () => {
    const stock = read(['group:default/harbour']);
    expect(stock.widgets[0]).toBe('home/search');
    expect(read([], [{ groups: ['harbour'] }])).toEqual(stock);
  });
});
