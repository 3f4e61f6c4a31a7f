import path from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { startPostgres } from '../../lib/postgres.mjs';
import { readPlan, readSteps } from './plans.mjs';

/**
 * The database as the benchmark sees it, beside the backend: what is still to be
 * evaluated, how much was written, how a query is answered.
 */

/** Turns every fact of the services round: what passed fails, and back. */
const turnRound = now => [
  `UPDATE facts SET value = CAST(99 - CAST(value AS integer) AS text), version = version + 1
   WHERE fact_id IN (SELECT id FROM fact_names WHERE name LIKE 'bench.%')`,
  `UPDATE subjects SET version = version + 1, due_at = ${now}
   WHERE ref LIKE 'component:%' AND deleted_at IS NULL`,
];

async function postgres(schema) {
  // As in production, what was committed is on the disk
  const server = await startPostgres({ durable: true });
  const connect = async (database, options) => {
    const client = new pg.Client({ ...server.connection, database, options });
    await client.connect();
    return client;
  };
  return {
    title: 'PostgreSQL',
    connection: server.connection,
    stop: () => server.stop(),
    async provide(name) {
      const admin = await connect('postgres');
      await admin.query(`CREATE DATABASE ${name}`);
      await admin.end();
      const client = await connect(
        name,
        `-c search_path=${JSON.stringify(schema)}`,
      );
      const query = async (sql, bindings) =>
        (await client.query(sql, bindings)).rows;
      return {
        config: {
          client: 'pg',
          connection: { ...server.connection, database: name },
          pluginDivisionMode: 'schema',
          knexConfig: { pool: { min: 0, max: 10 } },
        },
        query,
        async turnRound() {
          await client.query('BEGIN');
          for (const sql of turnRound(Date.now())) {
            await client.query(sql);
          }
          await client.query('COMMIT');
        },
        settle: () => client.query('VACUUM ANALYZE'),
        async startCounting() {
          const count = async () => {
            // Connections tell about once a second what they have counted
            await new Promise(resolve => setTimeout(resolve, 2500));
            const rows = await query(
              `SELECT relname AS name, n_tup_ins + n_tup_upd + n_tup_del AS rows
               FROM pg_stat_user_tables WHERE schemaname = '${schema}'`,
            );
            return new Map(rows.map(row => [row.name, Number(row.rows)]));
          };
          const before = await count();
          return async () => {
            const after = await count();
            return [...after].map(([table, rows]) => ({
              table,
              rows: rows - (before.get(table) ?? 0),
            }));
          };
        },
        async explain({ sql, bindings }) {
          const [row] = await query(
            `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
            bindings,
          );
          const [{ Plan: plan, 'Execution Time': ms }] = row['QUERY PLAN'];
          return { ms, ...readPlan(plan) };
        },
        close: () => client.end(),
      };
    },
  };
}

/** Counts into a table of its own, by triggers that are there only for that. */
const countingTriggers = tables => [
  'CREATE TABLE bench_written (name TEXT)',
  ...tables.flatMap(table =>
    ['INSERT', 'UPDATE', 'DELETE'].map(
      change => `CREATE TRIGGER bench_${change}_${table} AFTER ${change} ON ${table}
        BEGIN INSERT INTO bench_written VALUES ('${table}'); END`,
    ),
  ),
];

function sqlite({ directory }) {
  return {
    title: 'SQLite',
    stop: async () => {},
    async provide(name) {
      const folder = path.join(directory, name);
      let opened;
      const open = () => {
        opened ??= new Database(path.join(folder, 'scorecards.sqlite'), {
          timeout: 60_000,
        });
        return opened;
      };
      const query = async (sql, bindings = []) =>
        /^\s*update/i.test(sql)
          ? open()
              .prepare(sql)
              .run(...bindings)
          : open()
              .prepare(sql)
              .all(...bindings);
      const execute = statements =>
        open().transaction(() => statements.forEach(sql => open().exec(sql)))();
      return {
        config: { client: 'better-sqlite3', connection: { directory: folder } },
        query,
        turnRound: async () => execute(turnRound(Date.now())),
        settle: async () => open().exec('ANALYZE'),
        async startCounting() {
          const tables = await query(
            `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
          );
          execute(countingTriggers(tables.map(table => table.name)));
          return async () => {
            const rows = await query(
              'SELECT name AS "table", count(*) AS rows FROM bench_written GROUP BY name',
            );
            const triggers = await query(
              `SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'bench_%'`,
            );
            execute([
              ...triggers.map(trigger => `DROP TRIGGER ${trigger.name}`),
              'DROP TABLE bench_written',
            ]);
            return rows;
          };
        },
        async explain({ sql, bindings }) {
          const steps = await query(`EXPLAIN QUERY PLAN ${sql}`, bindings);
          return readSteps(steps.map(({ detail }) => detail));
        },
        close: async () => opened?.close(),
      };
    },
  };
}

/**
 * @param {{ kind: 'postgres' | 'sqlite', directory: string, schema?: string }} options
 */
export async function openServer({ kind, directory, schema = 'scorecards' }) {
  return kind === 'sqlite' ? sqlite({ directory }) : postgres(schema);
}
