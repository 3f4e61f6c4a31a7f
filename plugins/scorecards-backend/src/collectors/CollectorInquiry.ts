import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { whereAny } from '@waymark/backend-support';
import { Knex } from 'knex';
import { CollectionPlan } from './CollectionPlan';
import { Ended } from './collectionRows';
import { CollectionTable } from './CollectionTable';
import { CollectorCalls } from './CollectorCalls';
import { CollectorPauses } from './CollectorPauses';
import { CollectorReport } from './CollectorRunner';
import { CollectorSettings } from './CollectorSettings';
import { reportOf } from './reportOf';

/** How long somebody waits for collectors, unless they say. */
const WAIT_MS = 20_000;

/**
 * Collects because somebody waits for it.
 *
 * @internal
 */
export class CollectorInquiry {
  readonly #options;

  constructor(options: {
    calls: CollectorCalls;
    collectors: readonly CollectorSettings[];
    knex: Knex;
    logger: LoggerService;
    pauses: CollectorPauses;
    plan: CollectionPlan;
    table: CollectionTable;
  }) {
    this.#options = options;
  }

  async collectNow(
    subjectIds: readonly number[],
    options: { waitMs?: number } = {},
  ): Promise<CollectorReport[]> {
    const { waitMs = WAIT_MS } = options;
    const ids: string[] = await whereAny(
      this.#options.knex,
      this.#options.knex('collections').distinct('collector_id'),
      'subject_id',
      subjectIds,
    ).pluck('collector_id');
    const pauses = await this.#options.pauses.read();
    const reports = await Promise.all(
      this.#options.collectors
        .filter(({ id }) => ids.includes(id))
        .map(settings =>
          this.#ask({
            settings,
            subjectIds,
            waitMs,
            pausedUntil: pauses.get(settings.id),
          }),
        ),
    );
    return reports
      .filter(report => report !== undefined)
      .sort((a, b) => a.title.localeCompare(b.title, 'en'));
  }

  async #ask(options: {
    settings: CollectorSettings;
    subjectIds: readonly number[];
    waitMs: number;
    pausedUntil: number | undefined;
  }): Promise<CollectorReport | undefined> {
    const { settings, subjectIds, waitMs, pausedUntil } = options;
    const skipped = (message: string): CollectorReport => ({
      id: settings.id,
      title: settings.title,
      status: 'skipped',
      message,
    });
    if (pausedUntil !== undefined) {
      return skipped(
        `Its source asks to be left alone until ${new Date(
          pausedUntil,
        ).toISOString()}`,
      );
    }
    if (!this.#options.calls.hasRoom(settings, 'askedFor')) {
      await this.#options.plan.makeDue(settings.id, query => {
        whereAny(
          this.#options.knex,
          query.from('subjects').select('id'),
          'id',
          [...subjectIds],
        );
      });
      return skipped('It is busy, and looks at this as soon as it can');
    }
    let timer: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        this.#collect(settings, subjectIds),
        new Promise<CollectorReport>(resolve => {
          timer = setTimeout(
            () =>
              resolve(
                skipped(
                  `No answer within ${
                    waitMs / 1000
                  } seconds; what it finds will show when it comes`,
                ),
              ),
            waitMs,
          );
        }),
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #collect(
    settings: CollectorSettings,
    subjectIds: readonly number[],
  ): Promise<CollectorReport | undefined> {
    const ended: Ended[] = [];
    try {
      for (let at = 0; at < subjectIds.length; at += settings.batchSize) {
        const call = await this.#options.calls.begin({
          settings,
          reason: 'askedFor',
          take: lease =>
            this.#options.table.takeThese({
              settings,
              lease,
              subjectIds: subjectIds.slice(at, at + settings.batchSize),
            }),
        });
        ended.push(...((await call?.ended) ?? []));
      }
    } catch (error) {
      this.#options.logger.error(
        `Fact collector ${settings.id}: ${stringifyError(error)}`,
      );
      return {
        id: settings.id,
        title: settings.title,
        status: 'failed',
        message: 'What it found could not be stored',
      };
    }
    return reportOf(settings, ended);
  }
}
