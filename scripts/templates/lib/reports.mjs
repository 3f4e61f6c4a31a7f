import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines that tests ran through, by the format of the report. */
const formats = [
  {
    matches: file => file.endsWith('lcov.info'),
    read(source) {
      const sum = key =>
        [...source.matchAll(new RegExp(`^${key}:(\\d+)$`, 'gm'))].reduce(
          (total, [, count]) => total + Number(count),
          0,
        );
      return { covered: sum('LH'), total: sum('LF') };
    },
  },
  {
    matches: file => file.endsWith('.xml') && !/junit/.test(file),
    read(source) {
      const count = key =>
        Number(
          new RegExp(`<coverage[^>]*\\b${key}="(\\d+)"`).exec(source)?.[1],
        );
      return { covered: count('lines-covered'), total: count('lines-valid') };
    },
  },
  {
    // Statements, as `go test -coverprofile` counts them
    matches: file => file.endsWith('.out'),
    read(source) {
      const blocks = new Map();
      for (const [, block, size, count] of source.matchAll(
        /^(\S+:\S+) (\d+) (\d+)$/gm,
      )) {
        const known = blocks.get(block)?.count ?? 0;
        blocks.set(block, {
          size: Number(size),
          count: Math.max(known, Number(count)),
        });
      }
      const sum = list => list.reduce((total, { size }) => total + size, 0);
      const all = [...blocks.values()];
      return {
        covered: sum(all.filter(({ count }) => count > 0)),
        total: sum(all),
      };
    },
  },
];

/** How much of the code the tests cover, after the first report that says so. */
export function readCoverage(directory, reports) {
  for (const report of reports) {
    const format = formats.find(({ matches }) => matches(report));
    if (format) {
      const { covered, total } = format.read(
        readFileSync(join(directory, report), 'utf8'),
      );
      return { total, percent: total > 0 ? (100 * covered) / total : 0 };
    }
  }
  throw new Error(`no report of ${reports.join(', ')} tells coverage`);
}

/** How many tests ran, after all reports in JUnit's format. */
export function countTests(directory) {
  const source = readdirSync(join(directory, 'reports'))
    .filter(file => /^junit.*\.xml$/.test(file))
    .map(file => readFileSync(join(directory, 'reports', file), 'utf8'))
    .join('\n');
  const count = pattern => (source.match(pattern) ?? []).length;
  return {
    tests: count(/<testcase\b/g),
    failed: count(/<(failure|error)\b/g),
    skipped: count(/<skipped\b/g),
  };
}
