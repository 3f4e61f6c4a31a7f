import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import createKnex, { Knex } from 'knex';

/**
 * Where a backend under test keeps its data: files of its own, or a server.
 *
 * @internal
 */
export interface TestDatabase {
  /** Goes under `backend.database`. */
  config: JsonObject;
  /** Where in the database one of the texts is found; empty when nowhere. */
  find(...texts: string[]): Promise<string[]>;
}

/**
 * A new database for a whole backend, each plugin apart from the others.
 *
 * @internal
 */
export async function testDatabase(options: {
  /** Default: SQLite. */
  on?: { databases: TestDatabases; id: TestDatabaseId };
  /** The files of SQLite go into its folder `db`. */
  directory: string;
}): Promise<TestDatabase> {
  const { on, directory } = options;
  return on && on.id !== 'SQLITE_3'
    ? postgresDatabase(await on.databases.init(on.id))
    : sqliteFiles(join(directory, 'db'));
}

async function sqliteFiles(directory: string): Promise<TestDatabase> {
  await mkdir(directory, { recursive: true });
  return {
    config: { client: 'better-sqlite3', connection: { directory } },
    async find(...texts) {
      const copies = await mkdtemp(join(tmpdir(), 'waymark-test-copies-'));
      try {
        // SQLite leaves what was deleted in its file until the place is used
        // again; a copy holds only what is there
        for (const file of await sqliteFilesIn(directory)) {
          await copyDatabase(file, join(copies, relative(directory, file)));
        }
        const { status, stdout } = spawnSync(
          'grep',
          ['-raFl', ...texts.flatMap(text => ['-e', text]), '.'],
          { cwd: copies, encoding: 'utf8' },
        );
        if (status !== 0 && status !== 1) {
          throw new Error(`grep failed with ${status}`);
        }
        return stdout.split('\n').filter(Boolean);
      } finally {
        await rm(copies, { recursive: true, force: true });
      }
    },
  };
}

async function sqliteFilesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.sqlite'))
    .map(entry => join(entry.parentPath, entry.name));
  if (files.length === 0) {
    throw new Error('There is no database to look into');
  }
  return files;
}

async function copyDatabase(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: from },
    useNullAsDefault: true,
  });
  try {
    await knex.raw('VACUUM INTO ?', [to]);
  } finally {
    await knex.destroy();
  }
}

function postgresDatabase(knex: Knex): TestDatabase {
  // Its password is not among what a spread would copy
  const { host, port, user, password, database } =
    knex.client.connectionSettings;
  return {
    config: {
      client: 'pg',
      connection: { host, port, user, password, database },
      pluginDivisionMode: 'schema',
      knexConfig: { pool: { min: 0, max: 5 } },
    },
    async find(...texts) {
      const tables = await knex('information_schema.tables')
        .where({ table_type: 'BASE TABLE' })
        .whereNotIn('table_schema', ['pg_catalog', 'information_schema'])
        .select<Array<{ schema: string; name: string }>>({
          schema: 'table_schema',
          name: 'table_name',
        });
      if (tables.length === 0) {
        throw new Error('There is no table to look into');
      }
      const found: string[] = [];
      for (const { schema, name } of tables) {
        const row = await knex
          .from(knex.raw('??.?? as entry', [schema, name]))
          .where(matching => {
            for (const text of texts) {
              matching.orWhereRaw('position(? in entry::text) > 0', [text]);
            }
          })
          .first();
        if (row) {
          found.push(`${schema}.${name}`);
        }
      }
      return found;
    },
  };
}
