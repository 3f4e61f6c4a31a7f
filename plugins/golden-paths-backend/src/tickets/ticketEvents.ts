import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { createEvent } from '../adapters/createEvent';
import { ticketPath } from './ticketPath';
import { contextOf, TicketRow } from './TicketRow';

/** Where events of questions come from. */
const SOURCE = '/api/golden-paths/tickets';

/**
 * That somebody asked the platform team. What they wrote stays out of it.
 *
 * @param options - `group`: the platform team
 * @internal
 */
export function ticketCreated(
  row: TicketRow,
  options: { group?: string },
): CdEvent {
  const { aboutRef, ...context } = contextOf(row);
  return createEvent({
    name: 'ticket.created',
    id: `${row.id}/created`,
    source: SOURCE,
    at: Number(row.created_at),
    subject: {
      id: row.id,
      source: SOURCE,
      content: {
        summary: row.title,
        ticketType: row.category,
        creator: row.created_by,
        group: options.group,
        uri: ticketPath(row.id),
      },
    },
    details: {
      category: row.category,
      squad: row.owner_ref ?? undefined,
      template: context.templateRef,
      step: context.step,
      taskId: context.taskId,
      scorecard: context.scorecardRef,
      page: context.page,
      about: aboutRef,
    },
  });
}

/**
 * That somebody of the platform team closed it in the portal.
 *
 * @internal
 */
export function ticketClosed(row: TicketRow): CdEvent {
  return createEvent({
    name: 'ticket.closed',
    id: `${row.id}/closed`,
    source: SOURCE,
    at: Number(row.closed_at),
    subject: {
      id: row.id,
      source: SOURCE,
      content: {
        uri: ticketPath(row.id),
        resolution: 'completed',
        updatedBy: row.closed_by ?? undefined,
      },
    },
  });
}
