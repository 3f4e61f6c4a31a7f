import {
  PipelineRun,
  RunState,
  StageState,
} from '@waymark/plugin-forge-runner-common';
import { Knex } from 'knex';
import { ForgeCommit } from '../repositories/ForgeClient';

/** @internal */
export interface RunRow {
  id: number;
  repository_id: number;
  number: number;
  state: RunState;
  reason: string | null;
  trigger: PipelineRun['trigger'];
  triggered_by: string | null;
  commit_id: string;
  commit_title: string;
  committed_at: number | string | null;
  chain_id: string;
  created_at: number | string;
  started_at: number | string | null;
  finished_at: number | string | null;
  has_build: boolean | number;
}

/** @internal */
export interface StageRow {
  run_id: number;
  position: number;
  name: string;
  state: StageState;
  reason: string | null;
  started_at: number | string | null;
  finished_at: number | string | null;
  has_log: boolean | number;
}

/**
 * Runs of pipelines and their stages.
 *
 * @internal
 */
export class RunStore {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /**
   * A run that waits. Those of the repository that waited before are superseded:
   * a newer push holds what they would have shown.
   */
  async add(request: {
    repositoryId: number;
    commit: ForgeCommit;
    hasScripts: boolean;
    trigger: PipelineRun['trigger'];
    triggeredBy?: string;
    chainId: string;
  }): Promise<RunRow> {
    const { repositoryId, commit } = request;
    const now = Date.now();
    return this.#knex.transaction(async tx => {
      await tx('repositories')
        .where({ id: repositoryId })
        .update({
          head: commit.id,
          has_scripts: request.hasScripts,
          next_number: tx.raw('next_number + 1'),
        });
      const { next_number: next } = await tx('repositories')
        .where({ id: repositoryId })
        .first('next_number');
      await tx<RunRow>('runs')
        .where({ repository_id: repositoryId, state: 'waiting' })
        .update({
          state: 'superseded',
          reason: `Run ${next - 1} took its place before it began`,
          finished_at: now,
        });
      const [run] = await tx<RunRow>('runs')
        .insert({
          repository_id: repositoryId,
          number: next - 1,
          state: 'waiting',
          trigger: request.trigger,
          triggered_by: request.triggeredBy ?? null,
          commit_id: commit.id,
          commit_title: commit.title,
          committed_at: commit.committedAt ?? null,
          chain_id: request.chainId,
          created_at: now,
          has_build: false,
        })
        .returning('*');
      return run;
    });
  }

  /** The oldest that waits, of a repository in which nothing runs. */
  async nextWaiting(): Promise<RunRow | undefined> {
    return this.#runs()
      .where({ state: 'waiting' })
      .whereNotIn(
        'repository_id',
        this.#knex('runs').where({ state: 'running' }).select('repository_id'),
      )
      .orderBy('id')
      .first();
  }

  async find(
    repositoryId: number,
    number: number,
  ): Promise<RunRow | undefined> {
    return this.#runs().where({ repository_id: repositoryId, number }).first();
  }

  /** The latest first. */
  async list(
    repositoryId: number,
    options: { below?: number; limit: number },
  ): Promise<RunRow[]> {
    const query = this.#runs()
      .where({ repository_id: repositoryId })
      .orderBy('number', 'desc')
      .limit(options.limit);
    return options.below === undefined
      ? query
      : query.where('number', '<', options.below);
  }

  async listInState(state: RunState): Promise<RunRow[]> {
    return this.#runs().where({ state }).orderBy('id');
  }

  /** Those with a build that is kept, the latest first. */
  async listBuilds(repositoryId: number): Promise<RunRow[]> {
    return this.#runs()
      .where({ repository_id: repositoryId, has_build: true })
      .orderBy('number', 'desc');
  }

  async update(id: number, change: Partial<RunRow>): Promise<void> {
    await this.#runs().where({ id }).update(change);
  }

  /** @returns whether it was in that state and is not any more */
  async move(
    id: number,
    from: RunState,
    change: Partial<RunRow>,
  ): Promise<boolean> {
    return (await this.#runs().where({ id, state: from }).update(change)) > 0;
  }

  async setStages(
    runId: number,
    stages: Pick<StageRow, 'name' | 'state' | 'reason'>[],
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await tx('stages').where({ run_id: runId }).delete();
      await tx('stages').insert(
        stages.map((stage, position) => ({
          ...stage,
          run_id: runId,
          position,
          has_log: false,
        })),
      );
    });
  }

  async updateStage(
    runId: number,
    name: string,
    change: Partial<StageRow>,
  ): Promise<void> {
    await this.#stages().where({ run_id: runId, name }).update(change);
  }

  /** Brings all stages of a run that are in one state into another. */
  async moveStages(
    runId: number,
    from: StageState,
    change: Partial<StageRow>,
  ): Promise<void> {
    await this.#stages().where({ run_id: runId, state: from }).update(change);
  }

  async stagesOf(runIds: number[]): Promise<Map<number, StageRow[]>> {
    const rows = await this.#stages()
      .whereIn('run_id', runIds)
      .orderBy(['run_id', 'position']);
    const byRun = new Map<number, StageRow[]>(runIds.map(id => [id, []]));
    for (const row of rows) {
      byRun.get(row.run_id)?.push(row);
    }
    return byRun;
  }

  /** @returns the numbers of those that were forgotten: older than the newest `keep` */
  async forget(
    repositoryId: number,
    options: { keep: number },
  ): Promise<number[]> {
    const old = await this.#runs()
      .where({ repository_id: repositoryId, has_build: false })
      .whereNotIn('state', ['waiting', 'running'])
      .orderBy('number', 'desc')
      .offset(options.keep)
      .limit(1000)
      .select('id', 'number');
    const ids = old.map(({ id }) => id);
    await this.#stages().whereIn('run_id', ids).delete();
    await this.#runs().whereIn('id', ids).delete();
    return old.map(({ number }) => number);
  }

  #runs() {
    return this.#knex<RunRow>('runs');
  }

  #stages() {
    return this.#knex<StageRow>('stages');
  }
}
