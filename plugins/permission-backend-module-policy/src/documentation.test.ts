import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { COLUMNS, LETTERS, MATRIX } from './__testUtils__/matrix';

const page = readFileSync(
  resolve(__dirname, '../../../docs/permissions.md'),
  'utf8',
);
const table = page.slice(
  page.indexOf('## The table'),
  page.indexOf('## What asks for no permission'),
);

/** The cells of a line, without the padding of the text. */
const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());

describe('docs/permissions.md', () => {
  it('numbers the columns of the matrix', () => {
    expect(table.match(/^\d+\. .*$/gm)).toEqual(
      Object.values(COLUMNS).map((title, i) => `${i + 1}. ${title}`),
    );
  });

  it('shows the matrix as it is tested, and nothing else', () => {
    const numbers = Object.keys(COLUMNS).map((_, i) => String(i + 1));
    const shown = table
      .split('\n')
      .filter(line => line.startsWith('###') || line.startsWith('|'))
      .filter(line => !/^\|[-| ]+\|$/.test(line))
      .map(line => (line.startsWith('|') ? cellsOf(line) : [line]));
    expect(shown).toEqual(
      Object.entries(MATRIX).flatMap(([area, rows]) => [
        [`### ${area}`],
        ['', ...numbers],
        ...Object.values(rows).map(({ what, cells }) => [
          what,
          ...[...cells].map(letter => LETTERS[letter]),
        ]),
      ]),
    );
  });
});
