import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { startPostgres } from '../lib/postgres.mjs';
import { isAlive, waitForExit } from '../lib/processes.mjs';

const library = new URL('../lib/postgres.mjs', import.meta.url).href;

async function query(postgres, sql) {
  const client = new pg.Client({
    ...postgres.connection,
    database: 'postgres',
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process with a server, started by `startPostgres(options)`. */
async function elsewhere(options) {
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { startPostgres } from ${JSON.stringify(library)};
       const { pid, dataDir } = await startPostgres(${JSON.stringify(options)});
       console.log(JSON.stringify({ pid, dataDir }));
       setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(child.stdout, 'data');
  return { child, ...JSON.parse(line) };
}

test('a server for as long as it is wanted', async () => {
  const postgres = await startPostgres();
  try {
    const [{ server }] = await query(
      postgres,
      `SELECT current_setting('server_version') AS server`,
    );
    assert.match(server, /^18\./);
    const addresses = await query(postgres, 'SHOW listen_addresses');
    assert.deepEqual(addresses, [{ listen_addresses: '127.0.0.1' }]);
    await assert.rejects(
      query(
        { connection: { ...postgres.connection, password: 'guessed' } },
        'SELECT 1',
      ),
      /password authentication failed/,
    );
  } finally {
    await postgres.stop();
  }
  assert.equal(isAlive(postgres.pid), false);
  assert.equal(existsSync(postgres.dataDir), false);
});

test('it ends with a process that was killed', async () => {
  const { child, pid, dataDir } = await elsewhere({});
  assert.equal(isAlive(pid), true);

  child.kill('SIGKILL');

  assert.equal(await waitForExit(pid, 10_000), true);
  for (let i = 0; existsSync(dataDir) && i < 100; i++) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  assert.equal(existsSync(dataDir), false);
});

test('its data outlives a stop and a crash', async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'waymark-test-'));
  try {
    const first = await startPostgres({ dataDir });
    await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await assert.rejects(startPostgres({ dataDir }), /already runs/);
    await first.stop();

    // Server and all are killed, and what is left names dead processes
    const { child, pid } = await elsewhere({ dataDir });
    process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
    await waitForExit(pid, 10_000);
    for (let i = 0; existsSync(`${dataDir}.lock`) && i < 100; i++) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }

    const second = await startPostgres({ dataDir });
    try {
      assert.deepEqual(await query(second, 'SELECT answer FROM kept'), [
        { answer: 42 },
      ]);
      assert.equal(second.connection.password, first.connection.password);
    } finally {
      await second.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
