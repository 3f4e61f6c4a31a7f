import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { toMillis, whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { Decision } from './Decision';
import {
  decidedMessage,
  endedMessage,
  endingMessage,
  waitingMessage,
} from './deviationMessages';
import { selectDeviations } from './selectDeviations';
import { DeviationRecord, toDeviation } from './toDeviation';

/** Of one kind and run. */
const MAX_MESSAGES = 500;

/** How long before its end the owner of an approved deviation is told. */
const REMIND_BEFORE_MS = 7 * 86_400_000;

/** What a portal without a notifications backend says. */
const ABSENT = /status 404\b/;

/** What that backend says to a message that it will never take. */
const REFUSED = /status (400|413|422)\b/;

/** What is told about a decision, and the column that says it was. */
const NEWS = {
  decided: 'told_at',
  ending: 'reminded_at',
  ended: 'ended_told_at',
} as const;

type News = keyof typeof NEWS;

type NewsRecord = DeviationRecord & {
  decision_id: number;
  decision: Decision['decision'];
  decision_by: string;
  decision_at: string | number;
  decision_comment: string | null;
  decision_end: string | number | null;
};

/**
 * Tells those who decide of deviations that wait for them, and owners what was decided,
 * that an approval ends soon and that it has ended. Marked after it was handed over:
 * what a crash makes be told again takes the place of the first.
 *
 * @internal
 */
export class DeviationNotifier {
  readonly #clock: () => number;
  readonly #group?: string;
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #notifications: NotificationService;

  constructor(options: {
    clock: () => number;
    /** Of those who decide. */
    group?: string;
    knex: Knex;
    logger: LoggerService;
    notifications: NotificationService;
  }) {
    this.#clock = options.clock;
    this.#group = options.group;
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#notifications = options.notifications;
  }

  /** Tells what there is to tell; the rest of it later when nobody takes it. */
  async run(): Promise<void> {
    await this.#tellWaiting();
    for (const news of ['decided', 'ending', 'ended'] as const) {
      for (const row of await this.#untold(news)) {
        if (row.owner_ref) {
          await this.#send(describe(news, row, row.owner_ref));
        }
        await this.#knex('deviation_decisions')
          .where({ id: row.decision_id, [NEWS[news]]: null })
          .update({ [NEWS[news]]: this.#clock() });
      }
    }
  }

  async #tellWaiting(): Promise<void> {
    const waiting = () =>
      this.#knex('deviations')
        .join('entities', 'entities.id', 'deviations.entity_id')
        .whereNull('entities.deleted_at')
        .where('deviations.state', 'requested');
    const fresh: DeviationRecord[] = await selectDeviations(
      waiting().whereNull('deviations.told_at'),
    )
      .orderBy('deviations.since', 'desc')
      .orderBy('deviations.id')
      .limit(MAX_MESSAGES);
    if (fresh.length === 0) {
      return;
    }
    if (this.#group) {
      const [{ count }] = await waiting().count({ count: '*' });
      await this.#send(
        waitingMessage({
          group: this.#group,
          count: Number(count),
          latest: toDeviation(fresh[0]),
        }),
      );
    }
    await whereAny(
      this.#knex,
      this.#knex('deviations'),
      'id',
      fresh.map(({ id }) => id),
    ).update({ told_at: this.#clock() });
  }

  #untold(news: News): Promise<NewsRecord[]> {
    const now = this.#clock();
    const query = selectDeviations(
      this.#knex('deviation_decisions as decisions')
        .join('deviations', 'deviations.id', 'decisions.deviation_id')
        .join('entities', 'entities.id', 'deviations.entity_id')
        .whereNull('entities.deleted_at')
        .whereNull(`decisions.${NEWS[news]}`),
    )
      .select({
        decision_id: 'decisions.id',
        decision: 'decisions.decision',
        decision_by: 'decisions.decided_by',
        decision_at: 'decisions.decided_at',
        decision_comment: 'decisions.comment',
        decision_end: 'decisions.expires_at',
      })
      .orderBy('decisions.id')
      .limit(MAX_MESSAGES);
    if (news === 'decided') {
      return query;
    }
    // The one that holds
    query
      .where('decisions.decision', 'approve')
      .whereRaw('decisions.decided_at = deviations.decided_at');
    return news === 'ended'
      ? query.where('deviations.state', 'expired')
      : query
          .where('deviations.state', 'approved')
          .where('decisions.expires_at', '>', now)
          .where('decisions.expires_at', '<=', now + REMIND_BEFORE_MS)
          // Of a short one, it was told with the decision
          .whereRaw('decisions.decided_at <= decisions.expires_at - ?', [
            REMIND_BEFORE_MS,
          ]);
  }

  async #send(message: NotificationSendOptions): Promise<void> {
    try {
      await this.#notifications.send(message);
    } catch (error) {
      const reason = stringifyError(error);
      if (REFUSED.test(reason)) {
        this.#logger.error(
          `A notification about a deviation was refused and is dropped: ${reason}`,
        );
      } else if (!ABSENT.test(reason)) {
        throw error;
      }
    }
  }
}

function describe(
  news: News,
  row: NewsRecord,
  owner: string,
): NotificationSendOptions {
  const about = {
    owner,
    deviation: toDeviation(row),
    id: row.decision_id,
    decision: {
      decision: row.decision,
      reason: row.reason ?? '',
      decidedBy: row.decision_by,
      decidedAt: toMillis(row.decision_at) ?? 0,
      comment: row.decision_comment ?? undefined,
      expiresAt: toMillis(row.decision_end),
    },
  };
  switch (news) {
    case 'decided':
      return decidedMessage(about);
    case 'ending':
      return endingMessage(about);
    default:
      return endedMessage(about);
  }
}
