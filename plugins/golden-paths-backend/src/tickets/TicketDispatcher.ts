import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { EventIntake } from '../events/EventIntake';
import { IssueTracker } from './IssueTracker';
import { answerMessage, questionMessage } from './messages';
import { ticketClosed, ticketCreated } from './ticketEvents';
import { TicketRow } from './TicketRow';
import { TicketStore } from './TicketStore';

/** How long a replica may take to tell everybody before another one does it. */
const LEASE_MS = 2 * 60_000;

/** What one pass takes over at most. */
const BATCH = 50;

/** Ten seconds, twenty … half an hour at most. */
function backoffMs(attempts: number): number {
  return Math.min(10_000 * 2 ** Math.min(attempts, 20), 30 * 60_000);
}

/** What a portal without a notifications backend says. */
const ABSENT = /status 404\b/;

/**
 * Tells of questions, each at least once: the metrics by an event, the platform team
 * by a notification, the issue tracker by an issue. Whatever is not taken is told
 * again until it is.
 *
 * @internal
 */
export class TicketDispatcher {
  readonly #group?: string;
  readonly #intake: EventIntake;
  readonly #logger: LoggerService;
  readonly #notifications: NotificationService;
  readonly #running = new Set<Promise<unknown>>();
  readonly #store: TicketStore;
  readonly #tracker?: IssueTracker;

  constructor(options: {
    group?: string;
    intake: EventIntake;
    logger: LoggerService;
    notifications: NotificationService;
    store: TicketStore;
    tracker?: IssueTracker;
  }) {
    this.#group = options.group;
    this.#intake = options.intake;
    this.#logger = options.logger;
    this.#notifications = options.notifications;
    this.#store = options.store;
    this.#tracker = options.tracker;
  }

  /** Tells of what is due now. */
  wake(): void {
    const running = this.dispatchDue()
      .catch(error => {
        this.#logger.warn(
          `Questions to the platform team are told later: ${stringifyError(
            error,
          )}`,
        );
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async dispatchDue(signal?: AbortSignal): Promise<void> {
    for (let more = true; more && !signal?.aborted; ) {
      const now = Date.now();
      const due = await this.#store.claimDue({
        now,
        leaseUntil: now + LEASE_MS,
        limit: BATCH,
      });
      for (const row of due) {
        await this.#dispatch(row);
      }
      more = due.length === BATCH;
    }
  }

  /** Waits for what has been begun. */
  async stop(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #dispatch(row: TicketRow): Promise<void> {
    const failures: string[] = [];
    const step = async (work: () => Promise<Partial<TicketRow>>) => {
      try {
        await this.#store.update(row.id, await work());
      } catch (error) {
        failures.push(stringifyError(error));
      }
    };

    if (row.counted_at === null) {
      await step(() => this.#countQuestion(row));
    }
    if (row.notified_at === null) {
      await step(() => this.#notify(row));
    }
    if (this.#tracker && row.tracked_at === null && row.closed_at === null) {
      await step(() => this.#track(row));
    }
    if (row.closed_at !== null && row.close_counted_at === null) {
      await step(() => this.#countEnd(row));
    }

    const attempts = failures.length > 0 ? row.attempts + 1 : 0;
    await this.#store.release(row, {
      attempts,
      next_attempt_at:
        failures.length > 0 ? Date.now() + backoffMs(row.attempts) : null,
    });
    if (failures.length > 0) {
      this.#logger.warn(
        `The question ${row.id} is told again later: ${failures.join('; ')}`,
      );
    }
  }

  async #countQuestion(row: TicketRow) {
    const event = ticketCreated(row, { group: this.#group });
    await this.#accept(event, row);
    return { counted_at: Date.now() };
  }

  async #countEnd(row: TicketRow) {
    await this.#accept(ticketClosed(row), row);
    await this.#send(answerMessage(row));
    return { close_counted_at: Date.now() };
  }

  async #accept(event: ReturnType<typeof ticketCreated>, row: TicketRow) {
    await this.#intake.accept([
      {
        event,
        entityRef: row.entity_ref ?? undefined,
        receivedFrom: 'plugin:golden-paths',
        observed: true,
        sample: false,
      },
    ]);
  }

  async #notify(row: TicketRow) {
    if (this.#group) {
      await this.#send(questionMessage(row, { group: this.#group }));
    }
    return { notified_at: Date.now() };
  }

  async #send(message: Parameters<NotificationService['send']>[0]) {
    try {
      await this.#notifications.send(message);
    } catch (error) {
      if (!ABSENT.test(stringifyError(error))) {
        throw error;
      }
    }
  }

  async #track(row: TicketRow): Promise<Partial<TicketRow>> {
    try {
      const { key, url } = await this.#tracker!.open(row);
      return {
        tracked_at: Date.now(),
        tracker_error: null,
        ...(key !== undefined && { tracker_key: key }),
        ...(url !== undefined && { url }),
      };
    } catch (error) {
      await this.#store.update(row.id, {
        tracker_error: stringifyError(error).slice(0, 500),
      });
      throw error;
    }
  }
}
