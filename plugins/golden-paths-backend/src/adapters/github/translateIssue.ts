import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { cleanLine, cleanUrl } from '../cleanText';
import { createEvent } from '../createEvent';
import { PayloadOf } from './payloads';

/** @internal */
export interface IssueSettings {
  /** Labels that make an issue an incident, in lower case. */
  incidentLabels: string[];
  /** Repositories whose issues are questions to the platform team, in lower case. */
  trackers: string[];
}

/**
 * An issue as an incident of the service in its repository, or as a ticket where the
 * repository is a tracker of the platform team. Any other issue is none of our
 * business.
 *
 * @param options - `ticketId`: the question in the portal that the issue was made
 * for
 * @internal
 */
export function translateIssue(
  payload: PayloadOf<'issues'>,
  options: IssueSettings & { ticketId?: string },
): CdEvent[] {
  const { issue, repository } = payload;
  if (issue.pull_request) {
    return [];
  }
  if (options.trackers.includes(repository.html_url.toLowerCase())) {
    return ticketEvents(payload, options.ticketId);
  }
  const isIncident = labelsOf(payload).some(label =>
    options.incidentLabels.includes(label.toLowerCase()),
  );
  return isIncident ? incidentEvents(payload) : [];
}

function incidentEvents(payload: PayloadOf<'issues'>): CdEvent[] {
  const { action, issue, repository } = payload;
  const url = repository.html_url;
  const environment = labelsOf(payload)
    .map(label => /^env(?:ironment)?[:/]\s*(\S.*)$/i.exec(label)?.[1])
    .find(name => name !== undefined);
  const event = (predicate: 'detected' | 'resolved', at: string) =>
    createEvent({
      name: `incident.${predicate}`,
      id: `issue/${issue.id}/${predicate}/${Date.parse(at)}`,
      source: `${url}/issues`,
      at,
      subject: {
        id: `${repository.full_name}#${issue.number}`,
        source: url,
        content: {
          description: cleanLine(issue.title, 1_024),
          environment: {
            id: cleanLine(environment, 255) ?? 'production',
          },
          service: { id: repository.full_name, source: encodeURI(url) },
        },
      },
      details: { url: cleanUrl(issue.html_url), repository: url },
    });

  switch (action) {
    // The label may come later than the issue: it began with the issue
    case 'opened':
    case 'labeled':
      return [event('detected', issue.created_at)];
    case 'closed':
      return [
        event('detected', issue.created_at),
        ...(issue.closed_at ? [event('resolved', issue.closed_at)] : []),
      ];
    default:
      return [];
  }
}

function ticketEvents(
  payload: PayloadOf<'issues'>,
  ticketId: string | undefined,
): CdEvent[] {
  const { action, issue, repository } = payload;
  const url = repository.html_url;
  const name = `${repository.full_name}#${issue.number}`;
  const page = cleanUrl(issue.html_url) ?? url;
  const labels = labelsOf(payload);
  const common = {
    source: `${url}/issues`,
    subject: {
      id: ticketId ?? name,
      source: url,
    },
    details: {
      url: page,
      repository: url,
      category: cleanLine(
        labels
          .map(label => /^category[:/]\s*(\S.*)$/i.exec(label)?.[1])
          .find(Boolean),
        63,
      ),
    },
  };

  if (action === 'opened' && ticketId === undefined) {
    return [
      createEvent({
        ...common,
        name: 'ticket.created',
        id: `issue/${issue.id}/created`,
        at: issue.created_at,
        subject: {
          ...common.subject,
          content: {
            summary: cleanLine(issue.title, 1_024) ?? name,
            creator: cleanLine(issue.user?.login, 255) ?? 'ghost',
            labels: labels.slice(0, 20),
            uri: page,
          },
        },
      }),
    ];
  }
  return action === 'closed' && issue.closed_at
    ? [
        createEvent({
          ...common,
          name: 'ticket.closed',
          id: `issue/${issue.id}/closed/${Date.parse(issue.closed_at)}`,
          at: issue.closed_at,
          subject: {
            ...common.subject,
            content: {
              uri: page,
              resolution:
                issue.state_reason === 'not_planned'
                  ? 'withdrawn'
                  : 'completed',
            },
          },
        }),
      ]
    : [];
}

function labelsOf(payload: PayloadOf<'issues'>): string[] {
  return (payload.issue.labels ?? []).flatMap(
    ({ name }) => cleanLine(name, 255) ?? [],
  );
}
