import { Knex } from 'knex';
import { ForgeRepository } from './ForgeClient';

/** @internal */
export interface RepositoryRow {
  id: number;
  name: string;
  url: string;
  default_branch: string;
  head: string | null;
  has_scripts: boolean | number;
  entity_ref: string | null;
  environment_reported: boolean | number;
  next_number: number;
  port: number | null;
  should_run: boolean | number;
  build: number | null;
  service_reason: string | null;
  service_since: number | string | null;
}

/**
 * What the runner knows of repositories.
 *
 * @internal
 */
export class RepositoryStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async get(id: number): Promise<RepositoryRow | undefined> {
    return this.#table().where({ id }).first();
  }

  async find(name: string): Promise<RepositoryRow | undefined> {
    return this.#table()
      .where({ name: toKey(name) })
      .first();
  }

  async list(): Promise<RepositoryRow[]> {
    return this.#table().orderBy('id');
  }

  /** Those whose service is to run. */
  async listToRun(): Promise<RepositoryRow[]> {
    return this.#table()
      .where({ should_run: true })
      .whereNotNull('build')
      .orderBy('id');
  }

  /** Adds one that is not known yet; one that is stays as it is but for its address. */
  async add(
    repository: ForgeRepository,
    head: { id: string; hasScripts: boolean } | undefined,
  ): Promise<RepositoryRow> {
    const { url, defaultBranch } = repository;
    const name = toKey(repository.name);
    await this.#table()
      .insert({
        name,
        url,
        default_branch: defaultBranch,
        head: head?.id ?? null,
        has_scripts: head?.hasScripts ?? false,
      })
      .onConflict('name')
      .merge({ url, default_branch: defaultBranch });
    return (await this.#table().where({ name }).first())!;
  }

  async update(
    id: number,
    change: Partial<Omit<RepositoryRow, 'id' | 'name'>>,
  ): Promise<void> {
    await this.#table().where({ id }).update(change);
  }

  async remove(id: number): Promise<void> {
    await this.#table().where({ id }).delete();
  }

  #table() {
    return this.#knex<RepositoryRow>('repositories');
  }
}

function toKey(name: string): string {
  return name.toLowerCase();
}
