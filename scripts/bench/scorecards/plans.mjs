/** How a query was answered: by which indexes, and by reading which tables whole. */

/** Of `EXPLAIN (ANALYZE, FORMAT JSON)` of PostgreSQL. */
export function readPlan(
  plan,
  found = { indexes: new Set(), scans: new Map() },
) {
  if (plan['Index Name']) {
    found.indexes.add(plan['Index Name']);
  }
  if (plan['Node Type'] === 'Seq Scan') {
    // Means of the workers that share a scan
    const each = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
    const rows = Math.round(each * plan['Actual Loops']);
    found.scans.set(plan['Relation Name'], rows);
  }
  for (const child of plan.Plans ?? []) {
    readPlan(child, found);
  }
  return found;
}

/** Of `EXPLAIN QUERY PLAN` of SQLite. */
export function readSteps(steps) {
  const found = { indexes: new Set(), scans: new Map() };
  for (const step of steps) {
    const [, index] = step.match(/USING (?:COVERING )?INDEX (\S+)/) ?? [];
    const [, table] = step.match(/^SCAN (\S+)$/) ?? [];
    if (index) {
      found.indexes.add(index);
    } else if (table) {
      found.scans.set(table, undefined);
    }
  }
  return found;
}

/** In words. */
export function describePlan({ indexes, scans }) {
  const parts = [
    ...(indexes.size > 0 ? [`by ${[...indexes].join(', ')}`] : []),
    ...[...scans].map(
      ([table, rows]) =>
        `reads ${table} whole${rows === undefined ? '' : ` (${rows} rows)`}`,
    ),
  ];
  return parts.join('; ') || 'by no table';
}
