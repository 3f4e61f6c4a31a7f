import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { TrackedTicket, TrackedTickets } from './TrackedTickets';
import { TicketRow } from './TicketRow';

const TABLE = 'support_tickets';

/** Of one that is new. */
const UNTOLD = {
  closed_at: null,
  closed_by: null,
  tracker_key: null,
  url: null,
  tracker_error: null,
  counted_at: null,
  notified_at: null,
  tracked_at: null,
  close_counted_at: null,
  attempts: 0,
};

/**
 * Where a page ends.
 *
 * @internal
 */
export type TicketPosition = [createdAt: number, id: string];

/**
 * Keeps questions, and what is still to be told of them.
 *
 * @internal
 */
export class TicketStore implements TrackedTickets {
  readonly #database: Knex;

  constructor(options: { database: Knex }) {
    this.#database = options.database;
  }

  /**
   * Writes a question, unless its sender has sent it before.
   *
   * @returns the one that is there
   */
  async add(
    row: Omit<TicketRow, keyof typeof UNTOLD>,
  ): Promise<{ row: TicketRow; duplicate: boolean }> {
    const [written] = await this.#database<TicketRow>(TABLE)
      .insert({ ...UNTOLD, ...row })
      .onConflict(['created_by', 'request_id'])
      .ignore()
      .returning('*');
    if (written) {
      return { row: written, duplicate: false };
    }
    const { created_by, request_id } = row;
    const earlier = await this.#database<TicketRow>(TABLE)
      .where({ created_by, request_id })
      .first('*');
    if (!earlier) {
      throw new ConflictError('The question was just being written; try again');
    }
    return { row: earlier, duplicate: true };
  }

  async get(id: string): Promise<TicketRow | undefined> {
    return this.#database<TicketRow>(TABLE).where({ id }).first('*');
  }

  /** How many questions somebody has asked since then. */
  async countSince(createdBy: string, since: number): Promise<number> {
    const [{ count }] = await this.#database(TABLE)
      .where({ created_by: createdBy })
      .where('created_at', '>', since)
      .count<{ count: string | number }[]>({ count: '*' });
    return Number(count);
  }

  /** The latest first. */
  async list(options: {
    createdBy?: string;
    ownerRef?: string;
    open?: boolean;
    after?: TicketPosition;
    limit: number;
  }): Promise<TicketRow[]> {
    const { createdBy, ownerRef, open, after, limit } = options;
    const query = this.#database<TicketRow>(TABLE)
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    if (createdBy !== undefined) {
      query.where({ created_by: createdBy });
    }
    if (ownerRef !== undefined) {
      query.where({ owner_ref: ownerRef });
    }
    if (open !== undefined) {
      query[open ? 'whereNull' : 'whereNotNull']('closed_at');
    }
    if (after) {
      query.whereRaw('(created_at, id) < (?, ?)', after);
    }
    return query.select('*');
  }

  /** @returns whether it was open until now */
  async close(
    id: string,
    options: { by: string; at: number; dueAt: number },
  ): Promise<boolean> {
    const changed = await this.#database<TicketRow>(TABLE)
      .where({ id })
      .whereNull('closed_at')
      .update({
        closed_at: options.at,
        closed_by: options.by,
        next_attempt_at: options.dueAt,
      });
    return changed > 0;
  }

  async find(issue: {
    key: string;
    reference?: string;
  }): Promise<TrackedTicket | undefined> {
    const rows = await this.#database<TicketRow>(TABLE)
      .where({ tracker_key: issue.key })
      .orWhere(marked =>
        marked.whereNull('tracker_key').andWhere({ id: issue.reference ?? '' }),
      )
      .select('id', 'tracker_key', 'entity_ref');
    const [found] = [...rows].sort(
      (a, b) => Number(b.tracker_key !== null) - Number(a.tracker_key !== null),
    );
    return found && { id: found.id, entityRef: found.entity_ref ?? undefined };
  }

  async follow(
    ticketId: string,
    state: { key: string; url?: string; closedAt?: number | null },
  ): Promise<void> {
    const now = Date.now();
    await this.#database<TicketRow>(TABLE)
      .where({ id: ticketId })
      .update({
        tracker_key: state.key,
        tracker_error: null,
        tracked_at: now,
        ...(state.url !== undefined && { url: state.url }),
        ...(state.closedAt !== undefined && {
          closed_at: state.closedAt,
          // The tracker's own word is the event of its end
          close_counted_at: state.closedAt === null ? null : now,
        }),
      });
  }

  /** Takes over questions of which somebody has still to be told. */
  async claimDue(options: {
    now: number;
    leaseUntil: number;
    limit: number;
  }): Promise<TicketRow[]> {
    const { now, leaseUntil, limit } = options;
    const due = () =>
      this.#database<TicketRow>(TABLE).where('next_attempt_at', '<=', now);
    const candidates = await due()
      .orderBy('next_attempt_at')
      .limit(limit)
      .select('id');
    const claimed: TicketRow[] = [];
    for (const { id } of candidates) {
      // Whoever changes the row has it; the others find it no longer due
      const [row] = await due()
        .andWhere({ id })
        .update({ next_attempt_at: leaseUntil })
        .returning('*');
      if (row) {
        claimed.push(row);
      }
    }
    return claimed;
  }

  /**
   * Ends what was claimed, unless something new is to be told since.
   *
   * @param claimed - as it was claimed
   */
  async release(
    claimed: TicketRow,
    changes: Pick<TicketRow, 'attempts' | 'next_attempt_at'>,
  ): Promise<void> {
    const { id, next_attempt_at } = claimed;
    await this.#database<TicketRow>(TABLE)
      .where({ id, next_attempt_at })
      .update(changes);
  }

  async update(id: string, changes: Partial<TicketRow>): Promise<void> {
    await this.#database<TicketRow>(TABLE).where({ id }).update(changes);
  }
}
