import { startTrial } from '../../lib/trial/startTrial.mjs';
import { ask, load } from './load.mjs';
import {
  OWNER_OF_MOST,
  PLATFORM,
  READERS,
  companyOf,
  factsOf,
  outcomesOf,
  policy,
  setbacksOf,
} from './organization.mjs';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** Of one call of `POST /facts`, see the table of costs. */
const BATCH = 500;
const DAY_MS = 24 * 60 * 60 * 1000;
const FULL_PASS = /full-pass/;

/**
 * A backend with so many services in its catalog, all of them with facts and
 * evaluated; and its database.
 */
export class Situation {
  /**
   * @param {object} options
   * @param {object} options.server
   * @param {number} options.services
   * @param {string} options.directory
   * @param {(text: string) => void} options.say
   * @param {typeof startTrial} [options.startBackend] another backend than the
   *   smallest that there can be
   * @param {boolean} [options.isStartedAgain] whether it starts anew once it is full,
   *   for whoever measures its memory
   */
  static async create({
    server,
    services,
    directory,
    say,
    startBackend = startTrial,
    isStartedAgain = true,
  }) {
    const name = `scorecards_${services}`;
    const database = await server.provide(name);
    const start = () =>
      startBackend({
        plugin: 'scorecards',
        name,
        directory,
        database: database.config,
        config: { permission: { enabled: true, policy } },
      });
    const situation = new Situation({ database, services, say });
    try {
      situation.backend = await start();
      await situation.#fill();
      if (isStartedAgain) {
        // What filling the catalog took of the memory is not asked for
        await situation.backend.stop();
        situation.backend = await start();
      }
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
    return `${this.backend.url}/api/scorecards`;
  }

  async #fill() {
    const { backend, database, services } = this;
    const started = performance.now();
    const entities = companyOf(services);
    await backend.ask('set', entities);
    this.platform = await this.until('somebody can sign in', () =>
      backend.signIn(PLATFORM),
    );
    await this.until('the catalog is filled', async () => {
      const { totalItems } = await ask({
        url: `${backend.url}/api/catalog/entities/by-query?limit=0`,
        token: this.platform,
      });
      return totalItems >= entities.length;
    });
    this.say(`the catalog is filled after ${seconds(started)}`);
    await this.until('scorecards know the catalog', async () => {
      const [{ subjects }] = await database.query(
        'SELECT count(*) AS subjects FROM subjects WHERE deleted_at IS NULL',
      );
      const [{ rules }] = await database.query(
        'SELECT count(*) AS rules FROM rules',
      );
      return (
        Number(subjects) >= entities.length && Number(rules) >= outcomesOf(1)
      );
    });
    await this.evaluated();
    this.say(`scorecards know it after ${seconds(started)}`);

    const pushed = performance.now();
    this.batches = await this.#pushAll(factsOf);
    this.evaluatedAfter = await this.evaluated({ from: pushed });
    this.say(`facts are evaluated after ${seconds(started)}`);
  }

  /** Facts of all services, in batches. */
  async #pushAll(factsOfOne) {
    const all = Array.from({ length: this.services }, (_, i) => i);
    const facts = all.flatMap(index => factsOfOne(index));
    const { seconds: taken } = await load({
      connections: 4,
      next: number => {
        const batch = facts.slice(number * BATCH, (number + 1) * BATCH);
        return batch.length > 0 ? this.push(batch) : undefined;
      },
    });
    return { facts: facts.length, perSecond: facts.length / taken };
  }

  /**
   * Something of every outcome and level, and a past: moves of the last three months,
   * counted for each of its days.
   */
  async live() {
    await this.#pushAll(setbacksOf);
    await this.evaluated();
    await this.told();
    await this.database.query(
      `UPDATE standing_transitions SET at = at - (subject_id % 90)::bigint * ${DAY_MS}`,
    );
    await this.database.query(
      `DELETE FROM progress WHERE key = 'scorecards.rollups'`,
    );
    await this.fullPass();
    await this.database.settle();
  }

  /** What to ask for to push these. */
  push(facts) {
    return {
      url: `${this.api}/facts`,
      method: 'POST',
      token: this.platform,
      body: JSON.stringify({ facts }),
    };
  }

  /**
   * Until nothing is left to evaluate.
   *
   * @returns in milliseconds how long that took from the given moment on
   */
  async evaluated({ from = performance.now() } = {}) {
    await this.until(
      'everything is evaluated',
      async () => {
        const [{ due }] = await this.database.query(
          `SELECT count(*) AS due FROM subjects WHERE due_at <= ${Date.now()}`,
        );
        return Number(due) === 0;
      },
      20,
    );
    return performance.now() - from;
  }

  /** Owners count as told of what changed: that is not what is measured. */
  told() {
    return this.database.query(
      `UPDATE standing_transitions SET notified_at = ${Date.now()} WHERE notified_at IS NULL`,
    );
  }

  /**
   * The safety net, now instead of on its schedule.
   *
   * @returns in milliseconds how long it took, once a worker had begun with it
   */
  async fullPass() {
    const tasks = `${this.api}/.backstage/scheduler/v1/tasks`;
    const find = async () => {
      const answer = await ask({ url: tasks, token: this.platform });
      return answer.tasks.find(({ taskId }) => FULL_PASS.test(taskId));
    };
    const { taskId, taskState } = await find();
    const before = taskState?.lastRunEndedAt;
    await ask({
      url: `${tasks}/${encodeURIComponent(taskId)}/trigger`,
      method: 'POST',
      token: this.platform,
    });
    let begun;
    const after = await this.until(
      'the full pass has ended',
      async () => {
        const { taskState: state } = await find();
        if (state?.status === 'running') {
          begun ??= performance.now();
        }
        return state?.lastRunEndedAt !== before && state;
      },
      10,
    );
    if (after.lastRunError) {
      throw new Error(after.lastRunError);
    }
    return performance.now() - (begun ?? performance.now());
  }

  /** Tokens of people who see what is not kept for others. */
  readers() {
    return Promise.all(
      Array.from({ length: READERS }, (_, index) =>
        this.backend.signIn(`reader-${index}`),
      ),
    );
  }

  ownerOfMost() {
    return this.backend.signIn(OWNER_OF_MOST);
  }

  async until(what, look, everyMs = 250) {
    const end = Date.now() + 900_000;
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

const seconds = from => `${((performance.now() - from) / 1000).toFixed(1)} s`;
