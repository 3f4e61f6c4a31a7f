import { LoggerService } from '@backstage/backend-plugin-api';
import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { EventIntake } from '../../events/EventIntake';
import { readTicketMark } from '../../tickets/ticketMark';
import { TrackedTickets } from '../../tickets/TrackedTickets';
import { DeliveryAdapter } from '../../webhooks/DeliveryPublisher';
import { checkEvent } from '../checkEvent';
import { cleanUrl } from '../cleanText';
import { PayloadOf, payloadSchemas } from './payloads';
import { translateDeploymentStatus } from './translateDeploymentStatus';
import { IssueSettings, translateIssue } from './translateIssue';
import { translatePullRequest } from './translatePullRequest';
import { translateWorkflowRun } from './translateWorkflowRun';

interface Translation {
  events: CdEvent[];
  /** Of a question of the portal, which knows it. */
  entityRef?: string;
}

/**
 * Takes events out of webhooks of GitHub. The same webhook gives the same events,
 * whenever and however often it comes.
 *
 * @internal
 */
export class GithubAdapter implements DeliveryAdapter {
  readonly #intake: EventIntake;
  readonly #logger: LoggerService;
  readonly #settings: IssueSettings;
  readonly #tickets: TrackedTickets;

  constructor(options: {
    intake: EventIntake;
    logger: LoggerService;
    settings: IssueSettings;
    tickets: TrackedTickets;
  }) {
    this.#intake = options.intake;
    this.#logger = options.logger;
    this.#settings = options.settings;
    this.#tickets = options.tickets;
  }

  /**
   * @param delivery - `event`: as GitHub names it, such as `workflow_run`; others
   * than those that mean something are passed over
   * @throws when the events could not be stored: the delivery has to come again
   */
  async take(delivery: {
    event: string | undefined;
    payload: unknown;
  }): Promise<void> {
    const { entityRef, events: all } = await this.#translate(delivery);
    const events = all.filter(event => this.#holds(event));
    if (events.length > 0) {
      await this.#intake.accept(
        events.map(event => ({
          event,
          entityRef,
          receivedFrom: 'github',
          observed: true,
          sample: false,
        })),
      );
    }
  }

  async #translate({
    event,
    payload,
  }: {
    event: string | undefined;
    payload: unknown;
  }): Promise<Translation> {
    switch (event) {
      case 'deployment_status':
        return this.#read(event, payload, translateDeploymentStatus);
      case 'workflow_run':
        return this.#read(event, payload, translateWorkflowRun);
      case 'pull_request':
        return this.#read(event, payload, translatePullRequest);
      case 'issues': {
        const parsed = this.#parse(event, payload);
        return parsed ? this.#translateIssue(parsed) : { events: [] };
      }
      default:
        return { events: [] };
    }
  }

  async #translateIssue(payload: PayloadOf<'issues'>): Promise<Translation> {
    const { action, issue, repository } = payload;
    const key = `${repository.html_url}#${issue.number}`.toLowerCase();
    const isTracker = this.#settings.trackers.includes(
      repository.html_url.toLowerCase(),
    );
    if (!isTracker) {
      return { events: translateIssue(payload, this.#settings) };
    }
    const ticket = await this.#tickets.find({
      key,
      reference: readTicketMark(issue.body ?? ''),
    });
    if (ticket && ['opened', 'closed', 'reopened'].includes(action)) {
      await this.#tickets.follow(ticket.id, {
        key,
        url: cleanUrl(issue.html_url),
        closedAt: closedAt(action, issue.closed_at),
      });
    }
    return {
      events: translateIssue(payload, {
        ...this.#settings,
        ticketId: ticket?.id,
      }),
      entityRef: ticket?.entityRef,
    };
  }

  #read<TEvent extends keyof typeof payloadSchemas>(
    event: TEvent,
    payload: unknown,
    translate: (payload: PayloadOf<TEvent>) => CdEvent[],
  ): Translation {
    const parsed = this.#parse(event, payload);
    return { events: parsed ? translate(parsed) : [] };
  }

  #parse<TEvent extends keyof typeof payloadSchemas>(
    event: TEvent,
    payload: unknown,
  ): PayloadOf<TEvent> | undefined {
    const parsed = payloadSchemas[event].safeParse(payload);
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0];
      // It would be no better the next time
      this.#logger.warn(
        `A ${event} of GitHub is passed over: ${path.join('.')}: ${message}`,
      );
      return undefined;
    }
    return parsed.data as PayloadOf<TEvent>;
  }

  #holds(event: CdEvent): boolean {
    try {
      checkEvent(event, { now: Date.now() });
      return true;
    } catch (error) {
      this.#logger.warn(`An event of GitHub is passed over: ${error}`);
      return false;
    }
  }
}

function closedAt(
  action: string,
  time: string | null | undefined,
): number | null | undefined {
  if (action === 'reopened') {
    return null;
  }
  return action === 'closed' && time ? Date.parse(time) : undefined;
}
