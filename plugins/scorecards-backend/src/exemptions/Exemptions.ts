import {
  AuditorService,
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import {
  decodeCursor,
  encodeCursor,
  EntitySelection,
  narrowToSelection,
} from '@waymark/backend-support';
import {
  Exemption,
  Page,
  scorecardsExemptionDecidePermission,
  scorecardsExemptionRequestPermission,
} from '@waymark/plugin-scorecards-common';
import { Request } from 'express';
import { Knex } from 'knex';
import { audited } from '../audit/audited';
import { EvaluationQueue } from '../evaluation/EvaluationQueue';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { ScorecardDefinition } from '../scorecards/ScorecardDefinition';
import { ExemptionStore } from './ExemptionStore';
import {
  ExemptionFilter,
  exemptionPositionSchema,
  listExemptions,
} from './listExemptions';

/**
 * What can be done with an exemption.
 *
 * @internal
 */
export type ExemptionAction = 'approve' | 'deny' | 'revoke';

/**
 * Who may ask for exemptions and decide on them, for requests and actions
 * alike.
 *
 * @internal
 */
export class Exemptions {
  readonly #access: ScorecardAccess;
  readonly #auditor: AuditorService;
  readonly #auth: AuthService;
  readonly #knex: Knex;
  readonly #maxDuration: HumanDuration;
  readonly #now: () => number;
  readonly #queue: Pick<EvaluationQueue, 'wake'>;
  readonly #readable: ReadableScorecards;
  readonly #store: ExemptionStore;

  constructor(options: {
    access: ScorecardAccess;
    auditor: AuditorService;
    auth: AuthService;
    knex: Knex;
    /** How far ahead an exemption may end. */
    maxDuration: HumanDuration;
    now: () => number;
    queue: Pick<EvaluationQueue, 'wake'>;
    readable: ReadableScorecards;
    store: ExemptionStore;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#auth = options.auth;
    this.#knex = options.knex;
    this.#maxDuration = options.maxDuration;
    this.#now = options.now;
    this.#queue = options.queue;
    this.#readable = options.readable;
    this.#store = options.store;
  }

  /** @param caller - `request`: for the audit log, if there is one */
  async request(
    caller: { credentials: BackstageCredentials; request?: Request },
    wish: {
      entityRef: string;
      scorecardRef: string;
      ruleId: string;
      reason: string;
      startsAt?: number;
      expiresAt: number;
    },
  ): Promise<Exemption> {
    const { credentials, request } = caller;
    const { entityRef, scorecardRef, ruleId, startsAt, expiresAt } = wish;
    return audited(
      this.#auditor,
      {
        eventId: 'exemption-request',
        severityLevel: 'medium',
        request,
        meta: { entityRef, scorecardRef, ruleId },
      },
      async note => {
        const requestedBy = this.#person(credentials, 'request exemptions');
        const now = this.#now();
        if (expiresAt <= now) {
          throw new InputError('expiresAt: has to lie ahead');
        }
        if (expiresAt - now > durationToMilliseconds(this.#maxDuration)) {
          throw new InputError(
            `expiresAt: no exemption lasts longer than ${describe(
              this.#maxDuration,
            )} from now`,
          );
        }
        if (startsAt !== undefined && startsAt >= expiresAt) {
          throw new InputError('startsAt: has to be before expiresAt');
        }
        if (startsAt !== undefined && startsAt < now) {
          throw new InputError(
            'startsAt: has to lie ahead; leave it out to start with the approval',
          );
        }
        await this.#access.requireScorecards(credentials);
        await this.#access.require(
          credentials,
          scorecardsExemptionRequestPermission,
          entityRef,
        );
        const scorecard = await this.#readable.get(credentials, scorecardRef);
        const exemption = await this.#store.create({
          ...wish,
          requestedBy,
          now,
        });
        note({ exemptionId: exemption.id, expiresAt: exemption.expiresAt });
        return withTitles(exemption, [scorecard]);
      },
    );
  }

  /**
   * Approving is for people other than the one who asked. Who asked may always
   * take it back.
   *
   * @param caller - `request`: for the audit log, if there is one
   */
  async decide(
    caller: { credentials: BackstageCredentials; request?: Request },
    options: { id: string; action: ExemptionAction; note?: string },
  ): Promise<Exemption> {
    const { credentials, request } = caller;
    const { id, action, note: text } = options;
    return audited(
      this.#auditor,
      {
        eventId: 'exemption-decide',
        severityLevel: 'medium',
        request,
        meta: { exemptionId: id, actionType: action },
      },
      async note => {
        const by = this.#person(credentials, 'decide on exemptions');
        await this.#access.requireScorecards(credentials);
        const exemption = await this.#store.get(Number(id), this.#now());
        const { entityRef, scorecardRef, ruleId } = exemption;
        note({ entityRef, scorecardRef, ruleId });
        await this.#requireRead(credentials, exemption);

        const isRequester = isSamePerson(by, exemption.requestedBy);
        if (action === 'approve' && isRequester) {
          throw new NotAllowedError(
            'Somebody else has to approve what you asked for',
          );
        }
        if (action !== 'revoke' || !isRequester) {
          await this.#access.require(
            credentials,
            scorecardsExemptionDecidePermission,
            entityRef,
          );
        }
        const decision = { by, at: this.#now(), note: text };
        const decided = await this.#apply(exemption, {
          action,
          decision,
          isRequester,
        });
        this.#queue.wake();
        return withTitles(decided, await this.#readable.list(credentials));
      },
    );
  }

  async list(
    credentials: BackstageCredentials,
    options: {
      filter: ExemptionFilter;
      selection: EntitySelection;
      cursor?: string;
      limit: number;
    },
  ): Promise<Page<Exemption>> {
    await this.#access.requireScorecards(credentials);
    const { filter, selection, cursor, limit } = options;
    const knex = this.#knex;
    const list = ['exemptions', JSON.stringify([filter, selection])];
    const access = await this.#access.filter(credentials);
    const scorecards = await this.#readable.list(credentials);
    const { items, next, totalItems } = await listExemptions({
      knex,
      filter,
      access,
      select: await narrowToSelection({ knex, filter: access, selection }),
      scorecardRefs: access.everything
        ? undefined
        : scorecards.map(({ ref }) => ref),
      after: cursor
        ? decodeCursor(list, exemptionPositionSchema, cursor)
        : undefined,
      limit,
      now: this.#now(),
    });
    return {
      items: items.map(item => withTitles(item, scorecards)),
      totalItems,
      nextCursor: next && encodeCursor(list, next),
    };
  }

  /**
   * What is not in the list of a caller is not there for them: an error would
   * tell what it is about.
   */
  async #requireRead(
    credentials: BackstageCredentials,
    { id, entityRef, scorecardRef }: Exemption,
  ): Promise<void> {
    try {
      await this.#access.requireRead(credentials, entityRef);
      const { everything } = await this.#access.filter(credentials);
      if (!everything) {
        await this.#readable.get(credentials, scorecardRef);
      }
    } catch (error) {
      throw isError(error) && error.name === 'NotFoundError'
        ? new NotFoundError(`There is no exemption ${id}`)
        : error;
    }
  }

  #apply(
    exemption: Exemption,
    options: {
      action: ExemptionAction;
      decision: { by: string; at: number; note?: string };
      isRequester: boolean;
    },
  ): Promise<Exemption> {
    const { action, decision, isRequester } = options;
    const id = Number(exemption.id);
    switch (action) {
      case 'approve':
        return this.#store.approve(id, decision);
      case 'deny':
        return this.#store.deny(id, decision);
      default:
        return this.#store.revoke(id, decision, {
          from:
            isRequester && exemption.state === 'requested'
              ? 'requested'
              : 'approved',
        });
    }
  }

  #person(credentials: BackstageCredentials, what: string): string {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        `Only people can ${what}: somebody has to answer for it`,
      );
    }
    return normalize(credentials.principal.userEntityRef);
  }
}

/** As the scorecard has them now, if it is there for the caller. */
function withTitles(
  exemption: Exemption,
  scorecards: readonly ScorecardDefinition[],
): Exemption {
  const scorecard = scorecards.find(
    ({ ref }) => ref === exemption.scorecardRef,
  );
  const rule = scorecard?.rules.find(({ key }) => key === exemption.ruleId);
  return {
    ...exemption,
    scorecardTitle: scorecard?.title,
    ruleTitle: rule?.title,
  };
}

/** Whoever signs people in may write their refs in more than one way. */
function normalize(userEntityRef: string): string {
  return stringifyEntityRef(parseEntityRef(userEntityRef));
}

function isSamePerson(one: string, other: string): boolean {
  return normalize(one) === normalize(other);
}

function describe(duration: HumanDuration): string {
  return Object.entries(duration)
    .map(([unit, count]) => `${count} ${unit}`)
    .join(' ');
}
