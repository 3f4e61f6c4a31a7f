import { randomUUID } from 'node:crypto';
import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { RepositoryAddress } from '../hosts/RepositoryAddress';
import { EntryChangedError } from './EntryChangedError';
import { forgetProgress } from './forgetProgress';
import {
  Reservation,
  RunRepository,
  RunRepositoryState,
  RunStore,
} from './RunStore';

const TABLE = 'golden_path_repositories';

/** The states in which an entry keeps others away from its address. */
const HOLDING: RunRepositoryState[] = [
  'creating',
  'created',
  'published',
  'undoing',
];

interface Row {
  id: string;
  task_id: string;
  host: string;
  organization: string;
  name: string;
  url: string;
  state: RunRepositoryState;
  repository_id: string | null;
  default_branch: string;
  template_commit: string | null;
  template_ref: string | null;
  template_version: string | null;
  commit: string | null;
  started_at: string;
  intended_at: string | null;
  settled: string | null;
  revision: number;
}

function toEntry(row: Row): RunRepository {
  return {
    id: row.id,
    taskId: row.task_id,
    host: row.host,
    organization: row.organization,
    name: row.name,
    url: row.url,
    state: row.state,
    repositoryId: row.repository_id ?? undefined,
    defaultBranch: row.default_branch,
    templateCommit: row.template_commit ?? undefined,
    templateRef: row.template_ref ?? undefined,
    templateVersion: row.template_version ?? undefined,
    commit: row.commit ?? undefined,
    startedAt: new Date(row.started_at),
    intendedAt: row.intended_at ? new Date(row.intended_at) : undefined,
    settled: row.settled ? row.settled.split(',') : [],
    revision: row.revision,
  };
}

/**
 * Keeps the entries in the scaffolder's own database.
 *
 * @internal
 */
export class DatabaseRunStore implements RunStore {
  private constructor(private readonly database: Knex) {}

  static async create(options: {
    database: DatabaseService;
  }): Promise<DatabaseRunStore> {
    const client = await options.database.getClient();
    if (!options.database.migrations?.skip) {
      await client.migrate.latest({
        directory: resolvePackagePath(
          '@waymark/plugin-scaffolder-backend-module-golden-path',
          'migrations',
        ),
        // The scaffolder keeps its own migrations in the same database
        tableName: 'golden_path_migrations',
      });
    }
    return new DatabaseRunStore(client);
  }

  async reserve(options: {
    taskId: string;
    address: RepositoryAddress;
    url: string;
    defaultBranch: string;
  }): Promise<Reservation> {
    const { taskId, url, defaultBranch } = options;
    const { host, organization, name } = options.address;
    const address = { host, organization, name };

    return this.database.transaction(async tx => {
      await oneAtATime(tx, `${host}/${name}`);
      const own = await tx<Row>(TABLE)
        .where({ task_id: taskId, ...address })
        .first();
      if (own?.state === 'undoing') {
        throw new ConflictError(
          `The repository ${own.url} of this run is being undone; wait until that has ended and retry`,
        );
      }
      if (own && HOLDING.includes(own.state)) {
        return { held: false, entry: toEntry(own) };
      }

      const elsewhere = await tx<Row>(TABLE)
        .where({ host, name })
        .whereNot({ organization })
        .whereIn('state', HOLDING)
        .whereIn(
          'task_id',
          tx('tasks')
            // On PostgreSQL it is of another type than our own column
            .select(tx.raw('cast(id as varchar(36))'))
            .whereIn('status', ['open', 'processing']),
        )
        .first();
      if (elsewhere) {
        return { held: true, holder: toEntry(elsewhere) };
      }

      const row: Row = {
        id: own?.id ?? randomUUID(),
        task_id: taskId,
        ...address,
        url,
        state: 'creating',
        repository_id: null,
        default_branch: defaultBranch,
        template_commit: null,
        template_ref: null,
        template_version: null,
        commit: null,
        started_at: new Date().toISOString(),
        intended_at: null,
        settled: null,
        revision: (own?.revision ?? 0) + 1,
      };

      // The index decides between two runs; looking first would leave a moment
      // in between
      if (own) {
        await tx<Row>(TABLE).where({ id: own.id }).delete();
      }
      await tx<Row>(TABLE).insert(row).onConflict().ignore();
      const holder = await tx<Row>(TABLE)
        .where(address)
        .whereIn('state', HOLDING)
        .first();
      if (holder?.id === row.id) {
        return { held: false, entry: toEntry(holder) };
      }
      if (own) {
        await tx<Row>(TABLE).insert(own);
      }
      if (!holder) {
        throw new EntryChangedError(
          `The repository ${url} is changing hands; retry in a moment`,
        );
      }
      return { held: true, holder: toEntry(holder) };
    });
  }

  async list(options: { taskId: string }): Promise<RunRepository[]> {
    const rows = await this.database<Row>(TABLE)
      .where({ task_id: options.taskId })
      .orderBy(['host', 'organization', 'name']);
    return rows.map(toEntry);
  }

  async update(
    entry: RunRepository,
    changes: Parameters<RunStore['update']>[1],
  ): Promise<RunRepository> {
    return this.change(this.database, entry, changes);
  }

  async remove(entry: RunRepository): Promise<void> {
    await this.database<Row>(TABLE)
      .where({ id: entry.id, revision: entry.revision })
      .delete();
  }

  async beginUndo(entry: RunRepository): Promise<RunRepository> {
    return this.forget(entry, 'undoing');
  }

  async finishUndo(entry: RunRepository): Promise<RunRepository> {
    return this.forget(entry, 'undone');
  }

  private async forget(
    entry: RunRepository,
    state: RunRepositoryState,
  ): Promise<RunRepository> {
    return this.database.transaction(async tx => {
      const changed = await this.change(tx, entry, { state });
      await forgetProgress(tx, entry.taskId);
      return changed;
    });
  }

  private async change(
    client: Knex,
    entry: RunRepository,
    changes: Parameters<RunStore['update']>[1],
  ): Promise<RunRepository> {
    const next: RunRepository = {
      ...entry,
      ...changes,
      revision: entry.revision + 1,
    };
    const count = await client<Row>(TABLE)
      .where({ id: entry.id, revision: entry.revision })
      .update({
        state: next.state,
        repository_id: next.repositoryId ?? null,
        default_branch: next.defaultBranch,
        template_commit: next.templateCommit ?? null,
        template_ref: next.templateRef ?? null,
        template_version: next.templateVersion ?? null,
        commit: next.commit ?? null,
        intended_at: next.intendedAt?.toISOString() ?? null,
        settled: next.settled.join(',') || null,
        revision: next.revision,
      });
    if (count !== 1) {
      throw new EntryChangedError(
        `The repository ${entry.url} was changed by another step or request at the same moment; retry`,
      );
    }
    return next;
  }
}

/**
 * Makes others who want the same wait until the transaction has ended. The index
 * does not decide between two organizations, and of two who look at one moment
 * neither sees what the other writes. SQLite has one writer anyway.
 */
async function oneAtATime(tx: Knex.Transaction, what: string): Promise<void> {
  if (tx.client.config.client === 'pg') {
    await tx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [
      `${TABLE} ${what}`,
    ]);
  }
}
