import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { ticketPath } from './ticketPath';
import { TicketRow } from './TicketRow';

const MAX_EXCERPT = 300;

/**
 * What the platform team is told of a question.
 *
 * @internal
 */
export function questionMessage(
  row: TicketRow,
  options: { group: string },
): NotificationSendOptions {
  return message(row, {
    recipients: {
      type: 'entity',
      entityRef: options.group,
      // Who asks knows
      excludeEntityRef: row.created_by,
    },
    title: `Question to the platform team: ${row.title}`,
    description: `${row.created_by}: ${
      row.body.length > MAX_EXCERPT
        ? `${row.body.slice(0, MAX_EXCERPT).toWellFormed()}…`
        : row.body
    }`,
    scope: `ticket:${row.id}:asked`,
  });
}

/**
 * What somebody who asked is told when their question is closed in the portal.
 *
 * @internal
 */
export function answerMessage(row: TicketRow): NotificationSendOptions {
  return message(row, {
    recipients: {
      type: 'entity',
      entityRef: row.created_by,
      excludeEntityRef: row.closed_by ?? undefined,
    },
    title: `Your question is closed: ${row.title}`,
    description: `By ${row.closed_by}.`,
    scope: `ticket:${row.id}:closed`,
  });
}

function message(
  row: TicketRow,
  options: {
    recipients: NotificationSendOptions['recipients'];
    title: string;
    description: string;
    scope: string;
  },
): NotificationSendOptions {
  const { recipients, ...payload } = options;
  return {
    recipients,
    payload: {
      ...payload,
      link: ticketPath(row.id),
      severity: 'normal',
      topic: 'support',
    },
  };
}
