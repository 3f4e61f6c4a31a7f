import { DerivedTicket } from './Derived';
import { Fact } from './Fact';
import { readRef, readText, readTitle, readUrl } from './texts';

/**
 * Tickets, by when they were created first. Closed before that, the clocks differ:
 * closed at once. Closed, but never created, it is none.
 *
 * @internal
 */
export function findTickets(facts: Fact[]): DerivedTicket[] {
  const tickets = new Map<string, DerivedTicket>();
  const closed = new Map<string, number>();
  for (const fact of facts) {
    const { event, subjectId } = fact;
    if (event.type === 'ticket.created' && !tickets.has(subjectId)) {
      tickets.set(subjectId, readTicket(fact));
    } else if (event.type === 'ticket.closed') {
      closed.set(subjectId, event.occurredAt);
    }
  }
  for (const [ticketId, ticket] of tickets) {
    const closedAt = closed.get(ticketId);
    if (closedAt !== undefined) {
      ticket.closedAt = Math.max(closedAt, ticket.createdAt);
    }
  }
  return [...tickets.values()];
}

function readTicket({
  event,
  subjectId,
  content,
  custom,
}: Fact): DerivedTicket {
  const [label] = Array.isArray(content.labels) ? content.labels : [];
  const category =
    [custom.category, content.ticketType, label]
      .map(value => readText(value)?.toLowerCase())
      .find(Boolean) ?? 'other';
  return {
    ticketId: subjectId,
    eventSequence: event.sequence,
    title: readTitle(content.summary),
    category: readTitle(category, 63) ?? 'other',
    squadRef: readRef(custom.squad, 'group'),
    templateRef: readRef(custom.template, 'template'),
    step: readTitle(custom.step, 255),
    createdAt: event.occurredAt,
    sample: event.sample,
    url: readUrl(custom.url) ?? readUrl(content.uri),
  };
}
