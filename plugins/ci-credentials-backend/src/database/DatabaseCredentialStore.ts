import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { CiCredentialState } from '@waymark/plugin-ci-credentials-common';
import { forgetPipelines } from '@waymark/plugin-ci-credentials-node';
import { Knex } from 'knex';
import { CredentialStore, Revocation } from '../credentials/CredentialStore';
import { StoredCredential } from '../credentials/StoredCredential';
import { decodeCursor, encodeCursor } from './cursors';
import {
  CREDENTIALS,
  CredentialRow,
  ENTITIES,
  EntityRow,
  fromRow,
  toRow,
} from './rows';
import { whereInSet } from './whereInSet';

const TOUCH_INTERVAL_MS = 60_000;
const PURGE_BATCH = 500;

/**
 * Keeps credentials in the plugin's own database.
 *
 * @internal
 */
export class DatabaseCredentialStore implements CredentialStore {
  private constructor(private readonly database: Knex) {}

  static async create(options: {
    database: DatabaseService;
  }): Promise<DatabaseCredentialStore> {
    const client = await options.database.getClient();
    if (!options.database.migrations?.skip) {
      await client.migrate.latest({
        directory: resolvePackagePath(
          '@waymark/plugin-ci-credentials-backend',
          'migrations',
        ),
      });
    }
    return new DatabaseCredentialStore(client);
  }

  async add(credential: StoredCredential): Promise<void> {
    await this.database.transaction(async tx => {
      await tx<CredentialRow>(CREDENTIALS).insert(toRow(credential));
      await tx<EntityRow>(ENTITIES).insert(
        credential.entityRefs.map(ref => ({
          credential_id: credential.id,
          entity_ref: ref,
        })),
      );
    });
  }

  async get(id: string): Promise<StoredCredential | undefined> {
    const rows = await this.database<CredentialRow>(CREDENTIALS).where({ id });
    const [credential] = await this.withEntities(rows);
    return credential;
  }

  async list(options: {
    entityRef?: string;
    state?: CiCredentialState;
    within?: string[];
    cursor?: string;
    limit: number;
    now: Date;
  }): Promise<{
    items: StoredCredential[];
    totalItems: number;
    nextCursor?: string;
  }> {
    const { cursor, limit } = options;
    const after = cursor === undefined ? undefined : decodeCursor(cursor);

    const [{ count }] = await this.select(options).count({ count: '*' });
    const page = this.select(options)
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit + 1);
    if (after) {
      page.whereRaw('(created_at, id) < (?, ?)', [after.createdAt, after.id]);
    }
    const rows: CredentialRow[] = await page;
    const items = await this.withEntities(rows.slice(0, limit));
    const last = items.at(-1);
    return {
      items,
      totalItems: Number(count),
      nextCursor: rows.length > limit && last ? encodeCursor(last) : undefined,
    };
  }

  async listEntityRefs(options: {
    after?: string;
    limit: number;
  }): Promise<string[]> {
    const { after, limit } = options;
    const query = this.database<EntityRow>(ENTITIES)
      .distinct('entity_ref')
      .orderBy('entity_ref')
      .limit(limit);
    if (after !== undefined) {
      query.where('entity_ref', '>', after);
    }
    const rows: Array<Pick<EntityRow, 'entity_ref'>> = await query;
    return rows.map(row => row.entity_ref);
  }

  async revoke(
    id: string,
    revocation: Revocation,
  ): Promise<StoredCredential | undefined> {
    await this.database<CredentialRow>(CREDENTIALS)
      .where({ id })
      .whereNull('revoked_at')
      .update(revokedColumns(revocation));
    forgetPipelines();
    return this.get(id);
  }

  async touch(credential: StoredCredential, at: Date): Promise<void> {
    const before = new Date(at.getTime() - TOUCH_INTERVAL_MS).toISOString();
    if (credential.lastUsedAt !== undefined && credential.lastUsedAt > before) {
      return;
    }
    await this.database<CredentialRow>(CREDENTIALS)
      .where({ id: credential.id })
      .where(unused =>
        unused.whereNull('last_used_at').orWhere('last_used_at', '<=', before),
      )
      .update({ last_used_at: at.toISOString() });
  }

  async revokeIssued(options: {
    key: string;
    except?: string;
    revocation: Revocation;
  }): Promise<string[]> {
    const { key, except, revocation } = options;
    const revoked = await this.database.transaction(async tx => {
      // Of two who each keep another one, the second has to see what the first did
      const rows = await tx<CredentialRow>(CREDENTIALS)
        .select('id')
        .where({ issue_key: key })
        .whereNull('revoked_at')
        .orderBy('id')
        .forUpdate();
      const ids = rows.map(row => row.id);
      if (except !== undefined && !ids.includes(except)) {
        throw new ConflictError(
          `The CI credential ${except} was replaced or revoked meanwhile`,
        );
      }
      const ended = ids.filter(id => id !== except);
      await tx<CredentialRow>(CREDENTIALS)
        .whereIn('id', ended)
        .update(revokedColumns(revocation));
      return ended;
    });
    forgetPipelines();
    return revoked;
  }

  async listIssued(options: {
    cursor?: string;
    limit: number;
    now: Date;
  }): Promise<{ items: StoredCredential[]; nextCursor?: string }> {
    const { cursor, limit, now } = options;
    const query = this.select({ state: 'active', now })
      .whereNotNull('issue_key')
      .orderBy('id')
      .limit(limit + 1);
    if (cursor !== undefined) {
      query.where('id', '>', cursor);
    }
    const rows: CredentialRow[] = await query;
    const items = await this.withEntities(rows.slice(0, limit));
    return {
      items,
      nextCursor: rows.length > limit ? items.at(-1)?.id : undefined,
    };
  }

  async purge(options: { endedBefore: Date }): Promise<number> {
    const before = options.endedBefore.toISOString();
    let total = 0;
    for (;;) {
      const count = await this.database.transaction(async tx => {
        const rows = await tx<CredentialRow>(CREDENTIALS)
          .select('id')
          .where('expires_at', '<', before)
          .orWhere('revoked_at', '<', before)
          .limit(PURGE_BATCH);
        const ids = rows.map(row => row.id);
        await tx(ENTITIES).whereIn('credential_id', ids).delete();
        await tx(CREDENTIALS).whereIn('id', ids).delete();
        return ids.length;
      });
      total += count;
      if (count < PURGE_BATCH) {
        return total;
      }
    }
  }

  private select(options: {
    entityRef?: string;
    state?: CiCredentialState;
    within?: string[];
    now: Date;
  }): Knex.QueryBuilder {
    const { entityRef, state, within, now } = options;
    const query: Knex.QueryBuilder = this.database(CREDENTIALS);
    if (entityRef !== undefined) {
      query.whereIn(
        'id',
        this.database(ENTITIES)
          .select('credential_id')
          .where({ entity_ref: entityRef }),
      );
    }
    if (within) {
      query.whereIn(
        'id',
        whereInSet(
          this.database(ENTITIES).select('credential_id'),
          'entity_ref',
          within,
        ),
      );
    }
    switch (state) {
      case 'active':
        query.whereNull('revoked_at').where('expires_at', '>', iso(now));
        break;
      case 'expired':
        query.whereNull('revoked_at').where('expires_at', '<=', iso(now));
        break;
      case 'revoked':
        query.whereNotNull('revoked_at');
        break;
      default:
    }
    return query;
  }

  private async withEntities(
    rows: CredentialRow[],
  ): Promise<StoredCredential[]> {
    if (rows.length === 0) {
      return [];
    }
    const entities = await this.database<EntityRow>(ENTITIES)
      .whereIn(
        'credential_id',
        rows.map(row => row.id),
      )
      .orderBy('entity_ref');
    const refs = new Map<string, string[]>(rows.map(row => [row.id, []]));
    for (const entity of entities) {
      refs.get(entity.credential_id)?.push(entity.entity_ref);
    }
    return rows.map(row => fromRow(row, refs.get(row.id) ?? []));
  }
}

function iso(date: Date): string {
  return date.toISOString();
}

function revokedColumns(revocation: Revocation): Partial<CredentialRow> {
  return {
    revoked_at: iso(revocation.at),
    revoked_by: revocation.by,
    revoke_reason: revocation.reason ?? null,
  };
}
