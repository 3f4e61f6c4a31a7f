import { randomUUID } from 'node:crypto';
import { DatabaseService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { forgetProgress } from '../runs/forgetProgress';
import { Delivery, DeliveryState, DeliveryStore } from './DeliveryStore';

const TABLE = 'golden_path_deliveries';

interface Row {
  id: string;
  task_id: string;
  host: string;
  organization: string;
  name: string;
  service: string;
  service_url: string;
  url: string;
  state: DeliveryState;
  base: string;
  branch: string | null;
  commit: string | null;
  revision: number;
}

function toDelivery(row: Row): Delivery {
  const { task_id, service_url, branch, commit, ...rest } = row;
  return {
    ...rest,
    taskId: task_id,
    serviceUrl: service_url,
    branch: branch ?? undefined,
    commit: commit ?? undefined,
  };
}

/**
 * Keeps deliveries in the scaffolder's own database, whose tables are brought up to
 * date by the store of runs.
 *
 * @internal
 */
export class DatabaseDeliveryStore implements DeliveryStore {
  readonly #database: DatabaseService;

  constructor(options: { database: DatabaseService }) {
    this.#database = options.database;
  }

  async begin(
    delivery: Omit<Delivery, 'id' | 'state' | 'commit' | 'revision'>,
  ): Promise<Delivery> {
    const { taskId, host, organization, name, service } = delivery;
    const key = { task_id: taskId, host, organization, name, service };
    const fresh = {
      service_url: delivery.serviceUrl,
      url: delivery.url,
      state: 'delivering' as const,
      base: delivery.base,
      branch: delivery.branch ?? null,
      commit: null,
    };
    const knex = await this.#database.getClient();
    await knex<Row>(TABLE)
      .insert({ id: randomUUID(), ...key, ...fresh, revision: 1 })
      .onConflict(['task_id', 'host', 'organization', 'name', 'service'])
      .ignore();
    await knex<Row>(TABLE)
      .where({ ...key, state: 'undone' })
      .update({ ...fresh, revision: knex.raw('revision + 1') });
    const row = await knex<Row>(TABLE).where(key).first();
    if (!row || row.state === 'undoing' || row.state === 'undone') {
      throw new ConflictError(
        `What this run delivered to ${delivery.url} is being undone; wait until that has ended and retry`,
      );
    }
    return toDelivery(row);
  }

  async list(options: { taskId: string }): Promise<Delivery[]> {
    const knex = await this.#database.getClient();
    const rows = await knex<Row>(TABLE)
      .where({ task_id: options.taskId })
      .orderBy(['host', 'organization', 'name', 'service']);
    return rows.map(toDelivery);
  }

  async isDelivered(
    options: Parameters<DeliveryStore['isDelivered']>[0],
  ): Promise<boolean> {
    const { host, organization, name, serviceUrl } = options;
    const knex = await this.#database.getClient();
    const row = await knex<Row>(TABLE)
      .where({ host, organization, name, service_url: serviceUrl })
      .where({ state: 'delivered' })
      .first('id');
    return row !== undefined;
  }

  async update(
    entry: Delivery,
    changes: Parameters<DeliveryStore['update']>[1],
  ): Promise<Delivery> {
    return this.#change(await this.#database.getClient(), entry, changes);
  }

  async beginUndo(entry: Delivery): Promise<Delivery> {
    return this.#forget(entry, 'undoing');
  }

  async finishUndo(entry: Delivery): Promise<Delivery> {
    return this.#forget(entry, 'undone');
  }

  async #forget(entry: Delivery, state: DeliveryState): Promise<Delivery> {
    const knex = await this.#database.getClient();
    return knex.transaction(async tx => {
      const changed = await this.#change(tx, entry, { state });
      await forgetProgress(tx, entry.taskId);
      return changed;
    });
  }

  async #change(
    knex: Knex,
    entry: Delivery,
    changes: Parameters<DeliveryStore['update']>[1],
  ): Promise<Delivery> {
    const next = { ...entry, ...changes, revision: entry.revision + 1 };
    const count = await knex<Row>(TABLE)
      .where({ id: entry.id, revision: entry.revision })
      .update({
        state: next.state,
        url: next.url,
        commit: next.commit ?? null,
        revision: next.revision,
      });
    if (count !== 1) {
      throw new ConflictError(
        `The delivery to ${entry.url} was changed by another step or request at the same moment; retry`,
      );
    }
    return next;
  }
}
