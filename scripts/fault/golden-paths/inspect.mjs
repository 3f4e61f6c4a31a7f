import { refOf, SERVICES } from './company.mjs';

/** What is there in the end, by SQL and over REST. */

const TABLES = [
  'deployments',
  'changes',
  'incidents',
  'tickets',
  'pipeline_runs',
  'rollups',
];

/** One number per table, however its rows are ordered. */
export async function fingerprint(query) {
  const found = {};
  for (const table of TABLES) {
    const [row] = await query(
      `SELECT count(*) AS rows, sum(hashtextextended(t::text, 0)) AS hash FROM "golden-paths".${table} AS t`,
    );
    found[table] = `${row.rows} rows, ${row.hash}`;
  }
  return found;
}

/** Every event that was accepted is there, once, and none that nobody sent. */
export async function inspectEvents({ query, traffic, checks }) {
  const rows = await query(
    'SELECT source, event_id FROM "golden-paths".events',
  );
  const stored = new Set(
    rows.map(row => JSON.stringify([row.source, row.event_id])),
  );
  checks.same('no event is there twice', rows.length, stored.size);
  checks.same(
    'every event that was accepted is there',
    [...traffic.accepted.keys()].filter(key => !stored.has(key)).slice(0, 3),
    [],
  );
}

/** What the pages say is what was sent. */
export async function inspectNumbers({ json, query, checks }) {
  const rows = await query(
    `SELECT entity_ref, count(*) AS n FROM "golden-paths".events
     WHERE type LIKE 'dev.cdevents.service.deployed.%'
       AND subject_id LIKE '%/production' GROUP BY entity_ref`,
  );
  const sent = new Map(rows.map(row => [row.entity_ref, Number(row.n)]));
  const wrong = [];
  for (let index = 0; index < SERVICES; index++) {
    const ref = refOf(index);
    const path = `/api/golden-paths/entities/${ref.replace(':', '/')}/delivery`;
    const { metrics } = await json(`${path}?weeks=20`);
    const { count } = metrics.find(({ id }) => id === 'deployment-frequency');
    if (count !== (sent.get(ref) ?? 0)) {
      wrong.push(`${ref}: ${count} instead of ${sent.get(ref)}`);
    }
  }
  checks.same('every service shows what happened', wrong.slice(0, 3), []);

  const total = [...sent.values()].reduce((sum, n) => sum + n, 0);
  const { metrics } = await json('/api/golden-paths/reports/summary?weeks=20');
  const { count } = metrics.find(({ id }) => id === 'deployment-frequency');
  checks.same('and so do all of them together', count, total);

  const [{ n }] = await query(`
    SELECT count(*) AS n FROM (
      SELECT e.rollup_group AS g, measure, week, bucket, sum(count) AS c
      FROM "golden-paths".rollups JOIN "golden-paths".entities e ON e.id = entity_id
      GROUP BY 1, 2, 3, 4
    ) r FULL JOIN (
      SELECT group_id AS g, measure, week, bucket, count AS c
      FROM "golden-paths".group_rollups WHERE count <> 0
    ) s USING (g, measure, week, bucket) WHERE r.c IS DISTINCT FROM s.c`);
  checks.same('sums of groups are those of their entities', Number(n), 0);
}
