import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startPostgres } from '../lib/postgres.mjs';
import { startTrial } from '../lib/trial/startTrial.mjs';
import { Checks } from './Checks.mjs';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

const temporaryFolder = () =>
  mkdtempSync(path.join(os.tmpdir(), 'waymark-fault-'));

/** Looks again and again; whether it held in time. */
export async function until(look, limitMs) {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    if (await look()) {
      return true;
    }
    await sleep(100);
  }
  return false;
}

export async function must(what, look, limitMs = 120_000) {
  if (!(await until(look, limitMs))) {
    throw new Error(`Waited in vain until ${what}`);
  }
}

/** Two replicas of a backend on one PostgreSQL, each of which can be taken away. */
export class Scene {
  checks = new Checks();
  replicas = new Map();
  directory = temporaryFolder();
  // Not within the other, which nobody else may enter: the server runs as another user
  databaseDirectory = temporaryFolder();
  #config;
  #database;
  #person;
  #plugin;
  #token;

  /**
   * @param {object} options
   * @param {'scorecards' | 'golden-paths'} options.plugin
   * @param {string} options.person who asks
   * @param {object} [options.config]
   */
  constructor({ plugin, person, config }) {
    this.#plugin = plugin;
    this.#database = `${plugin.replaceAll('-', '_')}_fault`;
    this.#person = person;
    this.#config = config;
  }

  /** @param {object[]} entities what is in the catalog */
  async begin(entities) {
    await this.startDatabase();
    await this.#sql('postgres', `CREATE DATABASE ${this.#database}`);
    await this.startReplica('first');
    await this.startReplica('second');
    await this.any().ask('set', entities);
    await must('somebody can sign in', () => this.token());
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
      plugin: this.#plugin,
      name,
      directory: this.directory,
      database: {
        client: 'pg',
        connection: { ...this.postgres.connection, database: this.#database },
        pluginDivisionMode: 'schema',
        knexConfig: { pool: { min: 0, max: 5 } },
      },
      config: { permission: { enabled: true }, ...this.#config },
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
      .signIn(this.#person)
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

  query = (sql, bindings) => this.#sql(this.#database, sql, bindings);

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
