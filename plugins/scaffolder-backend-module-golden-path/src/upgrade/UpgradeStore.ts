import { DatabaseService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

const TABLE = 'golden_path_upgrades';
const REQUESTS = 'golden_path_upgrade_requests';

/** Longer than it takes to start a run. */
const START_MS = 60_000;

/**
 * An upgrade as a run made it.
 *
 * @internal
 */
export interface UpgradeRecord {
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
  templateRef?: string;
  version?: string;
}

interface Row {
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

  /** The run's record: as it left it at an earlier attempt, or a new one. */
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
      entity_ref: record.entityRef,
      host: record.host,
      repository_url: record.repositoryUrl,
      repository_id: record.repositoryId,
      template_ref: record.templateRef,
      version: record.version,
      answers_digest: record.answersDigest,
    };
    await client<Row>(TABLE)
      .insert({
        task_id: record.taskId,
        ...about,
        started_at: new Date().toISOString(),
      })
      .onConflict('task_id')
      // A later attempt may find a still newer version
      .merge(about);
    const row = await client<Row>(TABLE)
      .where({ task_id: record.taskId })
      .first();
    return toRecord(row as Row);
  }

  async update(
    taskId: string,
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
  ): Promise<void> {
    const client = await this.#database.getClient();
    await client<Row>(TABLE)
      .where({ task_id: taskId })
      .update({
        branch: changes.branch,
        parent_commit: changes.parentCommit,
        template_commit: changes.templateCommit,
        commit: changes.commit,
        conflicts: changes.conflicts && JSON.stringify(changes.conflicts),
        change_url: changes.changeUrl,
        change_number: changes.changeNumber,
      });
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
   * All that the portal generated in a repository, known by its address. A
   * repository that was renamed since is found by what the host calls it.
   */
  async generated(repositoryUrl: string): Promise<GeneratedCommit[]> {
    const client = await this.#database.getClient();
    const url = repositoryUrl.toLocaleLowerCase('en-US');
    const firsts: { task_id: string; template_commit: string }[] = await client(
      'golden_path_repositories',
    )
      .whereRaw('lower(url) = ?', [url])
      .where({ state: 'published' })
      .whereNotNull('template_commit')
      .select('task_id', 'template_commit');
    const upgrades: Row[] = await client<Row>(TABLE)
      .whereNotNull('template_commit')
      .whereIn(
        ['host', 'repository_id'],
        client(TABLE)
          .whereRaw('lower(repository_url) = ?', [url])
          .select('host', 'repository_id'),
      )
      .orderBy('started_at');
    return [
      ...firsts.map(row => ({ run: row.task_id, commit: row.template_commit })),
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
    for (const table of [TABLE, 'golden_path_repositories']) {
      const row: { started_at: string } | undefined = await client(table)
        .where({ task_id: taskId })
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
