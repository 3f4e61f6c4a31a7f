import { randomUUID } from 'node:crypto';
import { DatabaseService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

const TABLE = 'golden_path_upgrades';
const FIRSTS = 'golden_path_repositories';
const REQUESTS = 'golden_path_upgrade_requests';

/** Longer than it takes to start a run. */
const START_MS = 60_000;

/**
 * An upgrade as a run made it.
 *
 * @internal
 */
export interface UpgradeRecord {
  id: string;
  taskId: string;
  entityRef: string;
  host: string;
  repositoryUrl: string;
  repositoryId: string;
  templateRef: string;
  version: string;
  answersDigest: string;
  /** The date of its commits. */
  startedAt: Date;
  /** What follows is there once it was rendered, before it is pushed. */
  branch?: string;
  parentCommit?: string;
  templateCommit?: string;
  commit?: string;
  conflicts: string[];
  /** Once it was proposed. */
  changeUrl?: string;
  changeNumber?: number;
}

/**
 * Something the portal generated in a repository.
 *
 * @internal
 */
export interface GeneratedCommit {
  run: string;
  commit: string;
  /** What the branch stood at before; absent of the first. */
  parent?: string;
  /** Absent of the first run, which is known by itself. */
  entityRef?: string;
  /** Absent of first runs of which nobody wrote it down at that time. */
  templateRef?: string;
  version?: string;
}

interface Row {
  id: string;
  task_id: string;
  entity_ref: string;
  host: string;
  repository_url: string;
  repository_id: string;
  template_ref: string;
  version: string;
  answers_digest: string;
  started_at: string;
  branch: string | null;
  parent_commit: string | null;
  template_commit: string | null;
  commit: string | null;
  conflicts: string | null;
  change_url: string | null;
  change_number: number | null;
}

/**
 * Remembers upgrades: which commits are the portal's own, and what was proposed.
 *
 * @internal
 */
export class UpgradeStore {
  readonly #database: DatabaseService;

  constructor(options: { database: DatabaseService }) {
    this.#database = options.database;
  }

  /**
   * The run's record: as it left it at an earlier attempt, or a new one. A later
   * attempt may find a still newer version; what the earlier one generated stays
   * written down, as it may be pushed and what follows is generated upon it.
   */
  async begin(
    record: Pick<
      UpgradeRecord,
      | 'taskId'
      | 'entityRef'
      | 'host'
      | 'repositoryUrl'
      | 'repositoryId'
      | 'templateRef'
      | 'version'
      | 'answersDigest'
    >,
  ): Promise<UpgradeRecord> {
    const client = await this.#database.getClient();
    const about = {
      task_id: record.taskId,
      entity_ref: record.entityRef,
      host: record.host,
      repository_url: record.repositoryUrl,
      repository_id: record.repositoryId,
      template_ref: record.templateRef,
      version: record.version,
      answers_digest: record.answersDigest,
    };
    const latest = await client<Row>(TABLE)
      .where(about)
      .orderBy('started_at', 'desc')
      .first();
    if (latest) {
      return toRecord(latest);
    }
    const started_at = new Date().toISOString();
    const [row]: Row[] = await client<Row>(TABLE)
      .insert({ id: randomUUID(), ...about, started_at })
      .returning('*');
    return toRecord(row);
  }

  /**
   * @returns the record to go on with: another one where it held other commits
   * already, which are never forgotten
   */
  async update(
    record: UpgradeRecord,
    changes: Partial<
      Pick<
        UpgradeRecord,
        | 'branch'
        | 'parentCommit'
        | 'templateCommit'
        | 'commit'
        | 'conflicts'
        | 'changeUrl'
        | 'changeNumber'
      >
    >,
  ): Promise<UpgradeRecord> {
    const client = await this.#database.getClient();
    const columns = {
      branch: changes.branch,
      parent_commit: changes.parentCommit,
      template_commit: changes.templateCommit,
      commit: changes.commit,
      conflicts: changes.conflicts && JSON.stringify(changes.conflicts),
      change_url: changes.changeUrl,
      change_number: changes.changeNumber,
    };
    const { id, templateCommit } = record;
    const isOther =
      columns.template_commit !== undefined &&
      templateCommit !== undefined &&
      templateCommit !== columns.template_commit;
    if (isOther) {
      const before = (await client<Row>(TABLE).where({ id }).first()) as Row;
      const [row]: Row[] = await client<Row>(TABLE)
        .insert({
          ...before,
          id: randomUUID(),
          branch: columns.branch ?? null,
          parent_commit: columns.parent_commit ?? null,
          template_commit: columns.template_commit ?? null,
          commit: columns.commit ?? null,
          conflicts: columns.conflicts ?? null,
          change_url: null,
          change_number: null,
        })
        .returning('*');
      return toRecord(row);
    }
    const [row]: Row[] = await client<Row>(TABLE)
      .where({ id })
      .update(columns)
      .returning('*');
    return toRecord(row);
  }

  /** Those of a repository that have commits, the latest first. */
  async ofRepository(repository: {
    host: string;
    id: string;
  }): Promise<UpgradeRecord[]> {
    const client = await this.#database.getClient();
    const rows = await client<Row>(TABLE)
      .where({ host: repository.host, repository_id: repository.id })
      .whereNotNull('commit')
      .orderBy('started_at', 'desc');
    return rows.map(toRecord);
  }

  /**
   * All that the portal generated in a repository, known by its address, by what the
   * host calls it, or both. To a repository that was renamed or moved since, its
   * address alone does not lead until an upgrade was begun under the new one.
   */
  async generated(repository: {
    url: string;
    host?: string;
    id?: string;
  }): Promise<GeneratedCommit[]> {
    const client = await this.#database.getClient();
    const url = repository.url.toLocaleLowerCase('en-US');
    const { host, id } = repository;
    const ids: { host: string; repository_id: string }[] = await client(TABLE)
      .whereRaw('lower(repository_url) = ?', [url])
      .distinct('host', 'repository_id');
    if (host !== undefined && id !== undefined) {
      ids.push({ host, repository_id: id });
    }
    const keys = ids.map(item => [item.host, item.repository_id]);
    const firsts: {
      task_id: string;
      template_commit: string;
      template_ref: string | null;
      template_version: string | null;
    }[] = await client(FIRSTS)
      .where(query =>
        query
          .where(at =>
            at.whereRaw('lower(url) = ?', [url]).where({ state: 'published' }),
          )
          // Where another has the address by now, it is still what it was
          .orWhere(is =>
            is
              .whereIn(['host', 'repository_id'], keys)
              .whereIn('state', ['published', 'released']),
          ),
      )
      .whereNotNull('template_commit')
      .select('task_id', 'template_commit', 'template_ref', 'template_version');
    const upgrades: Row[] = await client<Row>(TABLE)
      .whereNotNull('template_commit')
      .whereIn(['host', 'repository_id'], keys)
      .orderBy('started_at');
    return [
      ...firsts.map(row => ({
        run: row.task_id,
        commit: row.template_commit,
        templateRef: row.template_ref ?? undefined,
        version: row.template_version ?? undefined,
      })),
      ...upgrades.map(row => ({
        run: row.task_id,
        commit: row.template_commit ?? '',
        parent: row.parent_commit ?? undefined,
        entityRef: row.entity_ref,
        templateRef: row.template_ref,
        version: row.version,
      })),
    ];
  }

  /** When a run generated what it did. */
  async renderedAt(taskId: string): Promise<Date | undefined> {
    const client = await this.#database.getClient();
    for (const table of [TABLE, FIRSTS]) {
      const row: { started_at: string } | undefined = await client(table)
        .where({ task_id: taskId })
        .orderBy('started_at', 'desc')
        .first('started_at');
      if (row) {
        return new Date(row.started_at);
      }
    }
    return undefined;
  }

  /** The run that was last started for an upgrade. */
  async request(options: {
    entityRef: string;
    version: string;
  }): Promise<{ taskId?: string; requestedAt: Date } | undefined> {
    const client = await this.#database.getClient();
    const row = await client(REQUESTS)
      .where({ entity_ref: options.entityRef, version: options.version })
      .first();
    return (
      row && {
        taskId: row.task_id ?? undefined,
        requestedAt: new Date(row.requested_at),
      }
    );
  }

  /**
   * Takes the right to start a run in place of the one that was seen.
   *
   * @returns false when somebody else has it
   */
  async claim(options: {
    entityRef: string;
    version: string;
    /** The run that is over; undefined: there was none. */
    instead: string | undefined;
  }): Promise<boolean> {
    const client = await this.#database.getClient();
    const key = { entity_ref: options.entityRef, version: options.version };
    const requested_at = new Date().toISOString();
    const inserted = await client(REQUESTS)
      .insert({ ...key, requested_at })
      .onConflict(['entity_ref', 'version'])
      .ignore()
      .returning('entity_ref');
    if (inserted.length > 0) {
      return true;
    }
    const taken = await client(REQUESTS)
      .where(key)
      .where((query: Knex.QueryBuilder) =>
        options.instead === undefined
          ? query
              .whereNull('task_id')
              // Whoever had it died before it could start one
              .where(
                'requested_at',
                '<',
                new Date(Date.now() - START_MS).toISOString(),
              )
          : query.where({ task_id: options.instead }),
      )
      .update({ task_id: null, requested_at });
    return taken > 0;
  }

  async started(options: {
    entityRef: string;
    version: string;
    taskId: string;
  }): Promise<void> {
    const client = await this.#database.getClient();
    await client(REQUESTS)
      .where({ entity_ref: options.entityRef, version: options.version })
      .update({ task_id: options.taskId });
  }

  /** Gives the right back: no run could be started. */
  async unclaim(options: {
    entityRef: string;
    version: string;
  }): Promise<void> {
    const client = await this.#database.getClient();
    await client(REQUESTS)
      .where({ entity_ref: options.entityRef, version: options.version })
      .whereNull('task_id')
      .delete();
  }
}

function toRecord(row: Row): UpgradeRecord {
  return {
    id: row.id,
    taskId: row.task_id,
    entityRef: row.entity_ref,
    host: row.host,
    repositoryUrl: row.repository_url,
    repositoryId: row.repository_id,
    templateRef: row.template_ref,
    version: row.version,
    answersDigest: row.answers_digest,
    startedAt: new Date(row.started_at),
    branch: row.branch ?? undefined,
    parentCommit: row.parent_commit ?? undefined,
    templateCommit: row.template_commit ?? undefined,
    commit: row.commit ?? undefined,
    conflicts: row.conflicts ? JSON.parse(row.conflicts) : [],
    changeUrl: row.change_url ?? undefined,
    changeNumber: row.change_number ?? undefined,
  };
}
