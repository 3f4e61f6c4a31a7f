import { chmodSync } from 'node:fs';
import { startTrial } from '../../lib/trial/startTrial.mjs';
import { ask } from '../scorecards/load.mjs';
import {
  OWNER_OF_MOST,
  PLATFORM,
  policy,
  service,
  surroundings,
} from '../scorecards/organization.mjs';
import { loadHistory, serviceRef } from './history.mjs';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
const seconds = from => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** All that is made of events. */
export const DERIVED = [
  'deployments',
  'changes',
  'incidents',
  'tickets',
  'pipeline_runs',
  'environments',
  'first_steps',
  'rollups',
  'rollup_weeks',
];

/** A backend with so many services and so many events of a year; and its database. */
export class Situation {
  static async create({ server, services, events, directory, say }) {
    const name = 'golden_paths_bench';
    const database = await server.provide(name);
    const situation = new Situation({ database, services, say });
    try {
      situation.backend = await startTrial({
        plugin: 'golden-paths',
        name,
        directory,
        database: database.config,
        config: { permission: { enabled: true, policy } },
      });
      await situation.#fill({ directory, events });
      return situation;
    } catch (error) {
      await situation.stop();
      throw error;
    }
  }

  constructor({ database, services, say }) {
    this.database = database;
    this.services = services;
    this.say = say;
  }

  get api() {
    return `${this.backend.url}/api/golden-paths`;
  }

  async #fill({ directory, events }) {
    const { backend, database, services } = this;
    const started = performance.now();
    const entities = [
      ...surroundings(),
      ...Array.from({ length: services }, (_, index) => service(index)),
    ];
    await backend.ask('set', entities);
    this.platform = await this.until('somebody can sign in', () =>
      backend.signIn(PLATFORM),
    );
    await this.until('the plugin knows the catalog', async () => {
      const [{ n }] = await database.query(
        'SELECT count(*) AS n FROM entities WHERE deleted_at IS NULL',
      );
      return Number(n) >= entities.length;
    });
    await this.derived();
    this.say(`the catalog is taken over after ${seconds(started)}`);

    const copied = performance.now();
    // The server, which runs as another user, reads a pipe in it
    chmodSync(directory, 0o755);
    this.events = await loadHistory({
      query: database.query,
      directory,
      services,
      events,
    });
    this.say(
      `${this.events} events are there after ${seconds(
        copied,
      )}, by COPY, indexes included`,
    );
    await database.settle();
    this.firstRun = await this.deriveAll();
    this.say(
      `what they say is derived after ${(this.firstRun / 1000).toFixed(1)} s`,
    );
    await database.settle();
  }

  /**
   * Has the worker derive everything from events.
   *
   * @returns in milliseconds how long that took
   */
  async deriveAll() {
    const started = performance.now();
    await this.database.query(
      'INSERT INTO due (entity_id) SELECT id FROM entities ORDER BY id',
    );
    await this.derived();
    return performance.now() - started;
  }

  async derived() {
    await this.until(
      'nothing is due',
      async () => {
        const [{ n }] = await this.database.query(
          'SELECT count(*) AS n FROM (SELECT 1 FROM due LIMIT 1) AS one',
        );
        return Number(n) === 0;
      },
      50,
    );
  }

  /** What to ask for to have these taken: as a plugin that saw them. */
  push(events) {
    const isBatch = Array.isArray(events);
    return {
      url: `${this.api}/events`,
      method: 'POST',
      token: this.observer,
      type: `application/cloudevents${isBatch ? '-batch' : ''}+json`,
      body: JSON.stringify(events),
    };
  }

  /** Its token lasts an hour. */
  async observe() {
    this.observer = await this.backend.ask('observer');
  }

  reader() {
    return this.backend.signIn('reader-0');
  }

  ownerOfMost() {
    return this.backend.signIn(OWNER_OF_MOST);
  }

  async json(path, token = this.platform) {
    return ask({ url: `${this.api}/${path}`, token });
  }

  /** Numbers of one service, as its page shows them. */
  deliveryOf(index) {
    return this.json(
      `entities/${serviceRef(index).replace(':', '/')}/delivery`,
    );
  }

  /** Of all rows that are derived, one number per table, however they are ordered. */
  async fingerprint() {
    const found = {};
    for (const table of [...DERIVED, 'group_rollups']) {
      const rows = table === 'group_rollups' ? 'WHERE count <> 0' : '';
      const [row] = await this.database.query(
        `SELECT count(*) AS rows, sum(hashtextextended(t::text, 0)) AS hash FROM ${table} AS t ${rows}`,
      );
      found[table] = `${row.rows} rows, ${row.hash}`;
    }
    return found;
  }

  async until(what, look, everyMs = 250) {
    const end = Date.now() + 3_600_000;
    while (Date.now() < end) {
      const found = await look();
      if (found) {
        return found;
      }
      await sleep(everyMs);
    }
    throw new Error(`Waited in vain until ${what}\n${this.backend.log(20)}`);
  }

  async stop() {
    await this.database.close();
    await this.backend?.stop();
  }
}
