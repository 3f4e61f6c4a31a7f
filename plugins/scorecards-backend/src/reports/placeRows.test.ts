import { Places } from './places';
import { placeRows } from './placeRows';

function rowsOf(
  groups: { [ref: string]: { title?: string; parent?: string } },
  ...more: undefined[]
) {
  const places: Places = {
    column: 'subjects.owner_ref',
    of: ref => [ref],
    title: ref => groups[ref]?.title,
    parent: ref => groups[ref]?.parent,
  };
  const rows = placeRows(new Set([...Object.keys(groups), ...more]), places);
  return rows.map(({ ref, depth }) => [ref, depth]);
}

describe('the rows of a report over groups', () => {
  it('follow the one above them, by their titles, as people count', () => {
    expect(
      rowsOf(
        {
          'group:default/z': { title: 'Area' },
          'group:default/squad-10': { parent: 'group:default/z' },
          'group:default/squad-9': { parent: 'group:default/z' },
          'group:default/chapter': { parent: 'group:default/squad-9' },
          'group:default/alone': { parent: 'group:default/elsewhere' },
        },
        undefined,
      ),
    ).toEqual([
      ['group:default/alone', 0],
      ['group:default/z', 0],
      ['group:default/squad-9', 1],
      ['group:default/chapter', 2],
      ['group:default/squad-10', 1],
      [undefined, 0],
    ]);
  });

  it('are all there when groups are above each other in a circle', () => {
    expect(
      rowsOf({
        'group:default/a': { parent: 'group:default/b' },
        'group:default/b': { parent: 'group:default/a' },
        'group:default/c': {},
      }),
    ).toEqual([
      ['group:default/c', 0],
      ['group:default/a', 0],
      ['group:default/b', 1],
    ]);
  });
});
