import { mockServices } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  CatalogChange,
  inTransaction,
  toMillis,
} from '@waymark/backend-support';
import { eventually } from '@waymark/backend-test-support';
import { FactCollector } from '@waymark/plugin-scorecards-node';
import { Knex } from 'knex';
import { deleteSubjects } from '../../catalog/deleteSubjects';
import { writeEntities } from '../../catalog/writeEntities';
import { DatabaseFactStore } from '../../facts/DatabaseFactStore';
import { ScorecardMetrics } from '../../metrics/ScorecardMetrics';
import { readCollectorSettings } from '../CollectorSettings';
import { DatabaseCollectorRunner } from '../DatabaseCollectorRunner';

/** A component; what differs between tests goes into its `spec`. */
export function component(name: string, spec: JsonObject = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { namespace: 'default', name },
    spec,
  };
}

export const refOf = (name: string) => `component:default/${name}`;

const START = Date.parse('2026-11-20T08:00:00Z');

/** Runners of collectors on one database, and what the catalog would tell them. */
export class RunnerBench {
  readonly logger = mockServices.logger.mock({ child: () => this.logger });
  readonly wakes: number[] = [];
  now = START;
  readonly #knex: Knex;
  #runners: DatabaseCollectorRunner[] = [];

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** A replica with these collectors. */
  async start(
    collectors: FactCollector[],
    options: { config?: JsonObject } = {},
  ): Promise<DatabaseCollectorRunner> {
    const { config = {} } = options;
    const knex = this.#knex;
    const clock = () => this.now;
    const wake = () => {
      this.wakes.push(this.now);
    };
    const runner = new DatabaseCollectorRunner({
      clock,
      collectors: readCollectorSettings({
        collectors,
        config: mockServices.rootConfig({
          data: { scorecards: { collectors: config } },
        }),
        logger: this.logger,
      }),
      facts: DatabaseFactStore.create({ clock, database: knex, wake }),
      knex,
      logger: this.logger,
      metrics: new ScorecardMetrics({
        metrics: metricsServiceMock.mock(),
        collectorIds: () => collectors.map(({ id }) => id),
      }),
      wakeEvaluation: wake,
    });
    this.#runners.push(runner);
    await runner.start();
    return runner;
  }

  /** Ends all replicas. */
  async stopAll(): Promise<void> {
    await Promise.all(this.#runners.map(runner => runner.stop()));
    this.#runners = [];
  }

  /** Ends all replicas and forgets everything. */
  async reset(): Promise<void> {
    this.now = START;
    await this.stopAll();
    for (const table of ['subjects', 'collections', 'facts', 'progress']) {
      await this.#knex(table).delete();
    }
    this.wakes.length = 0;
    this.logger.error.mockClear();
    this.logger.warn.mockClear();
  }

  /** The catalog has these, and tells the first replica. */
  async put(...entities: Entity[]): Promise<void> {
    await this.#change(async tx => ({
      upserted: await writeEntities(tx, { entities, now: this.now }),
      deleted: [],
    }));
  }

  /** The catalog does not have these any more. */
  async remove(...names: string[]): Promise<void> {
    await this.#change(async tx => {
      const subjects: { ref: string; etag: string }[] = await tx('subjects')
        .whereIn('ref', names.map(refOf))
        .select('ref', 'etag');
      return {
        upserted: [],
        deleted: await deleteSubjects(tx, { subjects, now: this.now }),
      };
    });
  }

  async #change(
    work: (tx: Knex.Transaction) => Promise<CatalogChange>,
  ): Promise<void> {
    await inTransaction(this.#knex, async tx => {
      await this.#runners[0]?.onEntities(tx, await work(tx));
    });
    this.#runners.forEach(runner => runner.wake());
  }

  advance(milliseconds: number): void {
    this.now += milliseconds;
    this.#runners.forEach(runner => runner.wake());
  }

  async idOf(name: string): Promise<number> {
    const [id] = await this.#knex('subjects')
      .where({ ref: refOf(name) })
      .pluck('id');
    return id;
  }

  /** What became of the collections, by the names of their entities. */
  async collections(collectorId: string) {
    const rows = await this.#knex('collections')
      .join('subjects', 'subjects.id', 'collections.subject_id')
      .where({ collector_id: collectorId })
      .select('ref', 'collections.*');
    return new Map(
      rows.map(row => [
        (row.ref as string).replace(refOf(''), ''),
        {
          state: row.state as string | null,
          failures: row.failures as number,
          error: row.error as string | null,
          dueIn: toMillis(row.due_at as number) - this.now,
          lease: row.lease as string | null,
          succeededAt: toMillis(row.succeeded_at as number | null),
        },
      ]),
    );
  }

  /** Waits until no collection of a collector is due or being done. */
  async settled(collectorId: string) {
    return eventually(
      `${collectorId} has nothing to do`,
      async () => {
        const rows = await this.collections(collectorId);
        return (
          [...rows.values()].every(
            row => row.dueIn > 0 && row.lease === null,
          ) && rows
        );
      },
      { seconds: 15 },
    );
  }

  /** The facts as they are: `{ shop: { 'coverage.percent': 80 } }`. */
  async facts() {
    const rows = await this.#factRows();
    const found: Record<string, Record<string, unknown>> = {};
    for (const { ref, name, value } of rows) {
      const entity = ref.replace(refOf(''), '');
      found[entity] = { ...found[entity], [name]: JSON.parse(value) };
    }
    return found;
  }

  /** When a fact was last seen. */
  async observedAt(entity: string, fact: string): Promise<number | undefined> {
    const row = (await this.#factRows()).find(
      ({ ref, name }) => ref === refOf(entity) && name === fact,
    );
    return toMillis(row?.observed_at);
  }

  /** The subjects that are due for evaluation, which are not from then on. */
  async takeDueForEvaluation(): Promise<string[]> {
    const refs: string[] = await this.#knex('subjects')
      .whereNotNull('due_at')
      .orderBy('ref')
      .pluck('ref');
    await this.#knex('subjects').update({ due_at: null });
    return refs.map(ref => ref.replace(refOf(''), ''));
  }

  async #factRows(): Promise<
    { ref: string; name: string; value: string; observed_at: number }[]
  > {
    return this.#knex('facts')
      .join('subjects', 'subjects.id', 'facts.subject_id')
      .join('fact_names', 'fact_names.id', 'facts.fact_id')
      .orderBy(['ref', 'name'])
      .select('ref', 'name', 'value', 'observed_at');
  }
}

/** Of an entity that a collector is asked about. */
export const nameOf = (entity: Entity) =>
  stringifyEntityRef(entity).replace(refOf(''), '');
