import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { createEvent, toUri } from '../createEvent';
import { TrackerNotice } from './trackerSchema';

/** @internal */
export function sourceOf(ticket: TrackerNotice['ticket']): string {
  return new URL(ticket.url).origin;
}

/** @internal */
export function createdId(ticket: TrackerNotice['ticket']): string {
  return `ticket/${ticket.key}/created`;
}

/**
 * What a tracker tells, as events. A question of the portal was an event before the
 * tracker knew of it.
 *
 * @param options - `ticketId`: of that question
 * @internal
 */
export function translateTicket(
  { action, ticket }: TrackerNotice,
  options: { ticketId?: string },
): CdEvent[] {
  const { ticketId } = options;
  const source = sourceOf(ticket);
  const common = {
    source,
    subject: { id: ticketId ?? ticket.key, source },
    details: {
      url: ticket.url,
      category: ticket.category,
      squad: ticket.squad,
    },
  };
  if (action === 'created' && !ticketId) {
    return [
      createEvent({
        ...common,
        name: 'ticket.created',
        id: createdId(ticket),
        at: ticket.createdAt,
        subject: {
          ...common.subject,
          content: {
            summary: ticket.title,
            creator: ticket.creator ?? 'somebody',
            uri: toUri(ticket.url),
          },
        },
      }),
    ];
  }
  return action === 'closed' && ticket.closedAt
    ? [
        createEvent({
          ...common,
          name: 'ticket.closed',
          id: `ticket/${ticket.key}/closed/${Date.parse(ticket.closedAt)}`,
          at: ticket.closedAt,
          subject: {
            ...common.subject,
            content: {
              uri: toUri(ticket.url),
              resolution: ticket.resolution ?? 'completed',
            },
          },
        }),
      ]
    : [];
}
