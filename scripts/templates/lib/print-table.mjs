/** Columns under each other; numbers to the right. */
export function printTable(head, rows) {
  const cells = [head, ...rows].map(row => row.map(String));
  const widths = head.map((_, column) =>
    Math.max(...cells.map(row => row[column].length)),
  );
  const lines = cells.map(row =>
    row
      .map((cell, column) =>
        /^\d/.test(cell) || (cells[1] && /^\d/.test(cells[1][column]))
          ? cell.padStart(widths[column])
          : cell.padEnd(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
  console.log(['', ...lines].join('\n'));
}
