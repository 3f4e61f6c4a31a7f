import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/** What the notifications backend says to a message that it will never take. */
const REFUSED = /status (400|413|422)\b/;

/** What a portal without that backend says. */
const ABSENT = /status 404\b/;

/**
 * Hands notifications over, and leaves the notifications backend alone for a
 * while when it fails. Whoever calls keeps what it wants to send until it is
 * taken.
 *
 * @internal
 */
export class NotificationGateway {
  readonly #logger: LoggerService;
  readonly #metrics: ScorecardMetrics;
  readonly #notifications: NotificationService;
  readonly #now: () => number;
  #failures = 0;
  #pausedUntil = 0;
  #saidAbsent = false;

  constructor(options: {
    logger: LoggerService;
    metrics: ScorecardMetrics;
    notifications: NotificationService;
    now: () => number;
  }) {
    this.#logger = options.logger;
    this.#metrics = options.metrics;
    this.#notifications = options.notifications;
    this.#now = options.now;
  }

  /** Nothing is taken now: it is no use to prepare anything. */
  get paused(): boolean {
    return this.#now() < this.#pausedUntil;
  }

  /**
   * @returns whether it is settled: taken, or of a kind that never will be. If
   * not, it has to be sent again later.
   */
  async send(
    kind: 'level' | 'digest' | 'exemption',
    message: NotificationSendOptions,
  ): Promise<boolean> {
    if (this.paused) {
      return false;
    }
    try {
      await this.#notifications.send(message);
    } catch (error) {
      const reason = stringifyError(error);
      if (ABSENT.test(reason)) {
        if (!this.#saidAbsent) {
          this.#saidAbsent = true;
          this.#logger.info(
            'There is no notifications backend: nobody is told of changed levels',
          );
        }
        return true;
      }
      this.#metrics.notified({ kind, result: 'failed' });
      if (REFUSED.test(reason)) {
        this.#logger.error(
          `A notification was refused and is dropped: ${reason}`,
        );
        return true;
      }
      const pause = Math.min(
        FIRST_PAUSE_MS * 2 ** this.#failures,
        LONGEST_PAUSE_MS,
      );
      this.#failures = Math.min(this.#failures + 1, 20);
      this.#pausedUntil = this.#now() + pause;
      this.#logger.warn(
        `Notifications are tried again in ${pause / 1000} s: ${reason}`,
      );
      return false;
    }
    this.#failures = 0;
    this.#metrics.notified({ kind, result: 'sent' });
    return true;
  }
}
