import {
  AuditorService,
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  toError,
} from '@backstage/errors';
import {
  decodeCursor,
  encodeCursor,
  EntityAccess,
  inTransaction,
  lockForUpdate,
  narrowToSelection,
} from '@waymark/backend-support';
import {
  Deviation,
  DeviationDecision,
  goldenPathsDeviationDecidePermission,
  goldenPathsReportReadPermission,
} from '@waymark/plugin-golden-paths-common';
import { Request } from 'express';
import { Knex } from 'knex';
import { Decision } from './Decision';
import { readDecisions } from './deviationRows';
import {
  DeviationFilter,
  deviationPositionSchema,
  findDeviation,
  listDeviations,
} from './listDeviations';
import { reconsider } from './reconsider';

/** Whoever approves one has to look at it again within that time. */
const LONGEST_MS = 366 * 86_400_000;

/**
 * Who may see deviations and decide on them, for requests and actions alike.
 *
 * @internal
 */
export class Deviations {
  readonly #access: EntityAccess;
  readonly #auditor: AuditorService;
  readonly #auth: AuthService;
  readonly #clock: () => number;
  readonly #knex: Knex;
  readonly #onChange: (entityIds: number[]) => Promise<void>;

  constructor(options: {
    access: EntityAccess;
    auditor: AuditorService;
    auth: AuthService;
    clock: () => number;
    knex: Knex;
    /** Called after a decision about a deviation of an entity. */
    onChange: (entityIds: number[]) => Promise<void>;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#auth = options.auth;
    this.#clock = options.clock;
    this.#knex = options.knex;
    this.#onChange = options.onChange;
  }

  async list(
    credentials: BackstageCredentials,
    options: {
      filter: DeviationFilter;
      owner?: string;
      cursor?: string;
      limit: number;
    },
  ): Promise<{ items: Deviation[]; totalItems: number; nextCursor?: string }> {
    await this.#requireReports(credentials);
    const { filter, owner, cursor, limit } = options;
    const knex = this.#knex;
    const access = await this.#access.filter(credentials);
    const list = ['deviations', JSON.stringify([filter, owner])];
    const { next, ...page } = await listDeviations({
      knex,
      access,
      filter,
      select: await narrowToSelection({
        knex,
        filter: access,
        selection: { owner },
      }),
      after: cursor
        ? decodeCursor(list, deviationPositionSchema, cursor)
        : undefined,
      limit,
    });
    return { ...page, nextCursor: next && encodeCursor(list, next) };
  }

  /** All that was decided about one, the latest first, also about earlier reasons. */
  async history(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<{ items: DeviationDecision[] }> {
    await this.#requireReports(credentials);
    await this.#find(credentials, id);
    const decisions = await readDecisions(this.#knex, [id]);
    return {
      items: (decisions.get(id) ?? []).toReversed().map(toPublic),
    };
  }

  /** @param caller - `request`: for the audit log, if there is one */
  async decide(
    caller: { credentials: BackstageCredentials; request?: Request },
    options: {
      id: string;
      decision: Decision['decision'];
      comment?: string;
      /** Milliseconds; needed to approve. */
      expiresAt?: number;
    },
  ): Promise<Deviation> {
    const { credentials, request } = caller;
    const { id, decision } = options;
    const event = await this.#auditor.createEvent({
      eventId: 'deviation-decide',
      severityLevel: 'medium',
      request,
      meta: { deviationId: id, actionType: decision },
    });
    try {
      const decided = await this.#decide(credentials, options);
      await event.success({
        meta: {
          entityRef: decided.entityRef,
          path: decided.path,
          ...(decided.expiresAt && { expiresAt: decided.expiresAt }),
        },
      });
      return decided;
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }

  async #decide(
    credentials: BackstageCredentials,
    options: Parameters<Deviations['decide']>[1],
  ): Promise<Deviation> {
    const { id, decision, comment, expiresAt } = options;
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'Only people can decide on deviations: somebody has to answer for it',
      );
    }
    const decidedBy = stringifyEntityRef(
      parseEntityRef(credentials.principal.userEntityRef),
    );
    // What one may not see is not there, whatever one may decide
    const { entityId } = await this.#find(credentials, id);
    await this.#access.requirePermission(
      credentials,
      goldenPathsDeviationDecidePermission,
    );
    const now = this.#clock();
    if (decision === 'approve') {
      checkExpiry(expiresAt, now);
    }

    await inTransaction(this.#knex, async tx => {
      const row: { reason: string | null; state: string } | undefined =
        await lockForUpdate(tx, tx('deviations').where({ id })).first();
      if (!row) {
        throw new NotFoundError(`There is no deviation ${id}`);
      }
      if (row.reason === null) {
        throw new ConflictError(
          'The repository gives no reason for it: declare it with a reason in .waymark/golden-path.yaml first',
        );
      }
      if (decision === 'revoke' && row.state !== 'approved') {
        throw new ConflictError(
          'Only what is approved can be revoked; this is not',
        );
      }
      if (decision === 'deny' && row.state === 'approved') {
        throw new ConflictError('It is approved; revoke that instead');
      }
      const [{ ref, path }] = await tx('deviations')
        .join('entities', 'entities.id', 'deviations.entity_id')
        .where('deviations.id', id)
        .select('entities.ref', 'deviations.path');
      await tx('deviation_decisions').insert({
        deviation_id: id,
        entity_ref: ref,
        path,
        reason: row.reason,
        decision,
        decided_by: decidedBy,
        decided_at: now,
        comment: comment ?? null,
        expires_at: decision === 'approve' ? expiresAt : null,
      });
      await reconsider(tx, { entityId, now });
    });
    await this.#onChange([entityId]);
    return (await this.#find(credentials, id)).deviation;
  }

  async #find(credentials: BackstageCredentials, id: string) {
    const found = await findDeviation({
      knex: this.#knex,
      access: await this.#access.filter(credentials),
      id,
    });
    if (!found) {
      throw new NotFoundError(`There is no deviation ${id}`);
    }
    return found;
  }

  #requireReports(credentials: BackstageCredentials): Promise<void> {
    return this.#access.requirePermission(
      credentials,
      goldenPathsReportReadPermission,
    );
  }
}

function checkExpiry(expiresAt: number | undefined, now: number): void {
  if (expiresAt === undefined) {
    throw new InputError(
      'expiresAt: is needed, since no approval lasts for ever',
    );
  }
  if (expiresAt <= now) {
    throw new InputError('expiresAt: has to lie ahead');
  }
  if (expiresAt - now > LONGEST_MS) {
    throw new InputError('expiresAt: no approval lasts longer than a year');
  }
}

function toPublic(decision: Decision): DeviationDecision {
  const { decidedAt, expiresAt, ...rest } = decision;
  return {
    ...rest,
    decidedAt: new Date(decidedAt).toISOString(),
    expiresAt:
      expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
  };
}
