import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { parseArguments } from '../lib/arguments.mjs';
import { describeError } from '../lib/errors.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { startTrial } from '../lib/trial/startTrial.mjs';
import { Checks } from './Checks.mjs';
import { Traffic } from './scorecards/Traffic.mjs';
import { PLATFORM, SERVICES, company } from './scorecards/company.mjs';
import {
  inspectHistory,
  inspectNotifications,
  inspectServices,
  inspectTables,
} from './scorecards/inspect.mjs';

/**
 * Two replicas on one PostgreSQL, facts and changes of the catalog coming in all the
 * time. One replica after the other is killed and started again, then the database
 * goes away for a while. In the end nothing may be lost, doubled or wrong.
 */

const usage =
  'Usage: yarn fault:scorecards [--kills <number>] [--outage <seconds>]';
const LIMIT_MS = 15 * 60_000;
const DATABASE = 'scorecards_fault';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

const temporaryFolder = () =>
  mkdtempSync(path.join(os.tmpdir(), 'waymark-fault-'));

async function until(look, limitMs) {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    if (await look()) {
      return true;
    }
    await sleep(100);
  }
  return false;
}

async function must(what, look, limitMs = 120_000) {
  if (!(await until(look, limitMs))) {
    throw new Error(`Waited in vain until ${what}`);
  }
}

class Scene {
  checks = new Checks();
  replicas = new Map();
  directory = temporaryFolder();
  // Not within the other, which nobody else may enter: the server runs as another user
  databaseDirectory = temporaryFolder();
  #token;

  async begin() {
    await this.startDatabase();
    await this.#sql('postgres', `CREATE DATABASE ${DATABASE}`);
    await this.startReplica('first');
    await this.startReplica('second');
    await this.any().ask('set', company());
    await must('somebody can sign in', () => this.token());
    await must('every service is judged', async () => {
      const [{ n }] = await this.query(
        'SELECT count(*) AS n FROM scorecards.standings',
      );
      return Number(n) === SERVICES * 2;
    });
  }

  async startDatabase() {
    this.postgres = await startPostgres({
      dataDir: this.databaseDirectory,
      port: this.postgres?.connection.port,
      durable: true,
    });
  }

  async startReplica(name) {
    const replica = await startTrial({
      plugin: 'scorecards',
      name,
      directory: this.directory,
      database: {
        client: 'pg',
        connection: { ...this.postgres.connection, database: DATABASE },
        pluginDivisionMode: 'schema',
        knexConfig: { pool: { min: 0, max: 5 } },
      },
      config: {
        permission: { enabled: true },
        scorecards: { notifications: { window: { seconds: 1 } } },
      },
    });
    this.replicas.set(name, replica);
  }

  any() {
    return [...this.replicas.values()][0];
  }

  async kill(name) {
    const replica = this.replicas.get(name);
    this.replicas.delete(name);
    await replica.kill();
  }

  async token() {
    this.#token ??= await this.any()
      .signIn(PLATFORM)
      .catch(() => undefined);
    return this.#token;
  }

  json = async target => {
    const response = await fetch(`${this.any().url}${target}`, {
      headers: { authorization: `Bearer ${await this.token()}` },
    });
    const body = await response.text();
    if (!response.ok) {
      throw new Error(`${target} answers ${response.status}: ${body}`);
    }
    return JSON.parse(body);
  };

  query = (sql, bindings) => this.#sql(DATABASE, sql, bindings);

  async #sql(database, sql, bindings) {
    const client = new pg.Client({ ...this.postgres.connection, database });
    await client.connect();
    try {
      return (await client.query(sql, bindings)).rows;
    } finally {
      await client.end();
    }
  }

  async end() {
    await Promise.all([...this.replicas.values()].map(one => one.stop()));
    await this.postgres?.stop();
    for (const folder of [this.directory, this.databaseDirectory]) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

async function main() {
  const options = parseArguments(process.argv.slice(2), {
    values: ['kills', 'outage'],
    usage,
  });
  const kills = Number(options.kills ?? 6);
  const outage = Number(options.outage ?? 10);
  const scene = new Scene();
  const { checks } = scene;
  const impatience = setTimeout(() => {
    console.error('Not done in time\n0 passed, 1 failed');
    process.exit(1);
  }, LIMIT_MS);
  try {
    await scene.begin();
    const traffic = new Traffic({
      replicas: () => [...scene.replicas.values()],
      token: () => scene.token(),
    });
    traffic.start();
    await sleep(2000);
    for (let round = 0; round < kills; round++) {
      const name = round % 2 === 0 ? 'first' : 'second';
      console.log(`The ${name} replica is killed`);
      await scene.kill(name);
      await sleep(500 + Math.random() * 1500);
      await scene.startReplica(name);
      await sleep(1000);
    }
    if (outage > 0) {
      console.log(`The database is away for ${outage} s`);
      await scene.postgres.stop();
      await sleep(outage * 1000);
      await scene.startDatabase();
      await must('facts are taken again', async () => {
        const before = traffic.accepted;
        await sleep(500);
        return traffic.accepted > before;
      });
    }
    await traffic.stop();
    console.log(
      `${traffic.accepted} facts were taken and ${traffic.changes} changes of the catalog, ${traffic.cut} facts were cut off`,
    );
    checks.that('the traffic was cut off', traffic.cut > 0);

    const settled = await until(async () => {
      const [{ n }] = await scene.query(
        'SELECT count(*) AS n FROM scorecards.subjects WHERE due_at <= $1',
        [Date.now()],
      );
      return Number(n) === 0;
    }, 30_000);
    checks.that('everything is evaluated within 30 s', settled);
    // A change of the catalog is seen with the next look at it
    await sleep(15_000);
    await inspectTables({ query: scene.query, checks });
    await inspectServices({ json: scene.json, traffic, checks });
    await inspectHistory({ json: scene.json, query: scene.query, checks });
    await inspectNotifications({ query: scene.query, until, checks });
  } catch (error) {
    checks.that('the test could go on', false, describeError(error));
    for (const replica of scene.replicas.values()) {
      console.log(replica.log(20));
    }
  } finally {
    await scene.end();
    clearTimeout(impatience);
  }
  return checks.report();
}

process.exitCode = await main();
