import { Ticket } from '@waymark/plugin-golden-paths-common';
import { toMillis } from '@waymark/backend-support';

/**
 * Where a question arose, besides of the squad that asks.
 *
 * @internal
 */
export interface TicketContext {
  templateRef?: string;
  step?: string;
  taskId?: string;
  scorecardRef?: string;
  /** A path, without a query: that may hold answers of a form. */
  page?: string;
  /** What it is about, if it is about one entity. */
  aboutRef?: string;
}

/** @internal */
export interface TicketRow {
  id: string;
  request_id: string;
  created_by: string;
  title: string;
  body: string;
  category: string;
  entity_ref: string | null;
  owner_ref: string | null;
  context: string;
  // PostgreSQL gives numbers of this size as text
  created_at: string | number;
  closed_at: string | number | null;
  closed_by: string | null;
  tracker_key: string | null;
  url: string | null;
  tracker_error: string | null;
  counted_at: string | number | null;
  notified_at: string | number | null;
  tracked_at: string | number | null;
  close_counted_at: string | number | null;
  attempts: number;
  next_attempt_at: string | number | null;
}

/** @internal */
export function contextOf(row: TicketRow): TicketContext {
  return JSON.parse(row.context);
}

/** @internal */
export function toTicket(row: TicketRow): Ticket {
  const { aboutRef, ...context } = contextOf(row);
  const iso = (value: string | number | null) => {
    const millis = toMillis(value);
    return millis === undefined ? undefined : new Date(millis).toISOString();
  };
  return {
    id: row.id,
    title: row.title,
    text: row.body,
    category: row.category,
    entityRef: aboutRef,
    ownerRef: row.owner_ref ?? undefined,
    ...context,
    createdAt: iso(row.created_at)!,
    createdBy: row.created_by,
    closedAt: iso(row.closed_at),
    closedBy: row.closed_by ?? undefined,
    url: row.url ?? undefined,
    trackerError: row.tracker_error ?? undefined,
    sample: false,
  };
}
