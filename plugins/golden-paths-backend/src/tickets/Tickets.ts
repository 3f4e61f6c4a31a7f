import { randomUUID } from 'node:crypto';
import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  NewTicket,
  Ticket,
  TicketList,
} from '@waymark/plugin-golden-paths-common';
import { IssueTracker } from './IssueTracker';
import { SquadFinder } from './SquadFinder';
import { TicketDispatcher } from './TicketDispatcher';
import { TicketContext, toTicket } from './TicketRow';
import { TicketPosition, TicketStore } from './TicketStore';
import { TooManyTicketsError } from './TooManyTicketsError';

const HOUR_MS = 3_600_000;

type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/**
 * Questions to the platform team.
 *
 * @internal
 */
export class Tickets {
  readonly #dispatcher: TicketDispatcher;
  readonly #maxPerHour: number;
  readonly #squads: SquadFinder;
  readonly #store: TicketStore;
  readonly #tracker?: IssueTracker;

  constructor(options: {
    dispatcher: TicketDispatcher;
    /** Of one person. */
    maxPerHour: number;
    squads: SquadFinder;
    store: TicketStore;
    tracker?: IssueTracker;
  }) {
    this.#dispatcher = options.dispatcher;
    this.#maxPerHour = options.maxPerHour;
    this.#squads = options.squads;
    this.#store = options.store;
    this.#tracker = options.tracker;
  }

  /**
   * Writes a question before it is acknowledged; telling of it begins afterwards.
   *
   * @throws TooManyTicketsError
   */
  async ask(
    credentials: UserCredentials,
    ticket: NewTicket,
  ): Promise<{ ticket: Ticket; duplicate: boolean }> {
    const { userEntityRef: createdBy } = credentials.principal;
    const now = Date.now();
    const asked = await this.#store.countSince(createdBy, now - HOUR_MS);
    if (asked >= this.#maxPerHour) {
      throw new TooManyTicketsError(
        `You have asked ${asked} questions within an hour. Ask again later, or talk to the platform team`,
      );
    }
    const { entityRef } = ticket;
    const ownerRef = await this.#squads.find(credentials, { entityRef });
    const context: TicketContext = {
      aboutRef: entityRef,
      templateRef: ticket.templateRef,
      step: ticket.step,
      taskId: ticket.taskId,
      scorecardRef: ticket.scorecardRef,
      page: ticket.page,
    };
    const { row, duplicate } = await this.#store.add({
      id: randomUUID(),
      request_id: ticket.requestId,
      created_by: createdBy,
      title: ticket.title,
      body: ticket.text,
      category: ticket.category,
      entity_ref: entityRef ?? ownerRef ?? null,
      owner_ref: ownerRef ?? null,
      context: JSON.stringify(context),
      created_at: now,
      next_attempt_at: now,
    });
    this.#dispatcher.wake();
    return { ticket: toTicket(row), duplicate };
  }

  async list(options: {
    createdBy?: string;
    ownerRef?: string;
    open?: boolean;
    after?: TicketPosition;
    limit: number;
  }): Promise<
    Omit<TicketList, 'nextCursor' | 'manages'> & { next?: TicketPosition }
  > {
    const { limit } = options;
    const rows = await this.#store.list({ ...options, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page[page.length - 1];
    return {
      items: page.map(toTicket),
      tracker: this.#tracker?.kind,
      next:
        rows.length > limit ? [Number(last.created_at), last.id] : undefined,
    };
  }

  /**
   * @param options - `createdBy`: only questions of this person exist
   * @throws NotFoundError
   */
  async get(id: string, options: { createdBy?: string }): Promise<Ticket> {
    const row = await this.#store.get(id);
    if (
      !row ||
      (options.createdBy !== undefined && row.created_by !== options.createdBy)
    ) {
      throw new NotFoundError('There is no such question');
    }
    return toTicket(row);
  }

  /**
   * @throws ConflictError where the tracker says what is closed
   */
  async close(credentials: UserCredentials, id: string): Promise<Ticket> {
    const { userEntityRef: by } = credentials.principal;
    const ticket = await this.get(id, {});
    if (this.#tracker && ticket.url) {
      throw new ConflictError(`Close it in the issue tracker: ${ticket.url}`);
    }
    const now = Date.now();
    if (await this.#store.close(id, { by, at: now, dueAt: now })) {
      this.#dispatcher.wake();
    }
    return this.get(id, {});
  }
}
