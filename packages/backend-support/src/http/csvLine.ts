/** What spreadsheets take for the beginning of a formula, also in full width. */
const FORMULA = /^\s*[=+\-@＝＋－＠|%]|^[\t\r\n]/;

/**
 * One line of CSV as in RFC 4180. Texts that a spreadsheet would run get an
 * apostrophe in front.
 *
 * @public
 */
export function csvLine(
  cells: readonly (string | number | boolean | undefined)[],
): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | boolean | undefined): string {
  if (typeof value !== 'string') {
    return value === undefined ? '' : String(value);
  }
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
