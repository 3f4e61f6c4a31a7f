import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { Knex } from 'knex';
import { FactStore } from '../facts/FactStore';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';
import { callCollector, CallEnd } from './callCollector';
import { Ended } from './collectionRows';
import { CollectionTable, Taken } from './CollectionTable';
import { CollectorPauses } from './CollectorPauses';
import { CollectorSettings } from './CollectorSettings';
import { ResultWriter } from './ResultWriter';

/** Calls that somebody waits for, of one collector, beside the scheduled ones. */
const MAX_ASKED_FOR = 4;
/** Calls of one collector that do not end although they were told to. */
const MAX_HANGING = 10;
/** How long a stop waits for what is at work. */
const STOP_MS = 5_000;

/**
 * Why a collector is called: its turn has come, or somebody waits for it.
 *
 * @internal
 */
export type CallReason = 'scheduled' | 'askedFor';

/**
 * The calls of collectors that run on this replica.
 *
 * @internal
 */
export class CollectorCalls {
  readonly #active = new Map<string, Promise<unknown>>();
  readonly #counts = new Map<string, number>();
  readonly #options;
  readonly #stop = new AbortController();

  constructor(options: {
    clock: () => number;
    facts: FactStore;
    knex: Knex;
    logger: LoggerService;
    metrics: ScorecardMetrics;
    pauses: CollectorPauses;
    table: CollectionTable;
    wakeEvaluation(): void;
  }) {
    this.#options = options;
    setMaxListeners(0, this.#stop.signal);
  }

  /** Whether a collector may be called once more. */
  hasRoom(settings: CollectorSettings, reason: CallReason): boolean {
    const { id, concurrency } = settings;
    const most = reason === 'scheduled' ? concurrency : MAX_ASKED_FOR;
    return (
      !this.#stop.signal.aborted &&
      this.#count(id, reason) < most &&
      this.#count(id, 'hanging') < MAX_HANGING
    );
  }

  /**
   * Takes subjects and has a collector look at them.
   *
   * @returns what came of it, once it is known; undefined when nothing was taken
   */
  async begin(options: {
    settings: CollectorSettings;
    reason: CallReason;
    take(lease: string): Promise<Taken[]>;
  }): Promise<{ taken: number; ended: Promise<readonly Ended[]> } | undefined> {
    const { settings, reason, take } = options;
    const lease = randomUUID();
    this.#add(settings.id, reason, 1);
    let taken: Taken[] = [];
    try {
      taken = await take(lease);
    } finally {
      if (taken.length === 0) {
        this.#add(settings.id, reason, -1);
      }
    }
    if (taken.length === 0) {
      return undefined;
    }
    const ended = this.#run({ settings, lease, taken }).finally(() => {
      this.#add(settings.id, reason, -1);
      if (!this.#stop.signal.aborted) {
        this.#active.delete(lease);
      }
    });
    this.#active.set(lease, ended);
    return { taken: taken.length, ended };
  }

  /** Tells all calls to end, and gives back what they have not done. */
  async stop(): Promise<void> {
    const { logger, table } = this.#options;
    this.#stop.abort();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.allSettled(this.#active.values()),
      new Promise(resolve => {
        timer = setTimeout(resolve, STOP_MS);
      }),
    ]);
    clearTimeout(timer);
    try {
      await table.giveBack([...this.#active.keys()]);
    } catch (error) {
      logger.warn(
        `Collections that were begun go on only when their leases have ended: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  async #run(options: {
    settings: CollectorSettings;
    lease: string;
    taken: Taken[];
  }): Promise<readonly Ended[]> {
    const { settings, lease, taken } = options;
    const { clock, logger, metrics } = this.#options;
    const writer = new ResultWriter({
      ...this.#options,
      settings,
      lease,
      startedAt: clock(),
    });
    const [subjects, others] = partition(taken, settings);
    await writer.remove(others);
    if (subjects.length === 0) {
      return [];
    }

    const begin = performance.now();
    const end = await callCollector({
      settings,
      taken: subjects,
      stop: this.#stop.signal,
      logger,
      write: results => writer.write(results),
    });
    this.#add(settings.id, 'hanging', 1);
    end.gone.finally(() => this.#add(settings.id, 'hanging', -1));
    metrics.collected({
      collectorId: settings.id,
      milliseconds: performance.now() - begin,
    });
    await this.#finish({ settings, end, writer });
    return writer.ended;
  }

  async #finish(options: {
    settings: CollectorSettings;
    end: CallEnd;
    writer: ResultWriter;
  }): Promise<void> {
    const { settings, end, writer } = options;
    const { logger, metrics } = this.#options;
    switch (end.how) {
      case 'stopped':
        return;
      case 'unwritten':
        // They are taken again when the lease has ended: not at once, as it may
        // be one of the results that the database does not take
        throw end.error;
      case 'timeout':
        await writer.fail(
          end.rest,
          new Error(`No answer within ${settings.timeoutMs / 1000} seconds`),
        );
        break;
      case 'threw':
        await writer.fail(end.rest, end.error);
        break;
      default:
        await writer.fail(end.rest, new Error('It did not say anything'));
    }

    const failed = writer.ended.filter(({ status }) => status === 'failed');
    const postponed = writer.ended.filter(
      ({ status }) => status === 'postponed',
    );
    const overdue = end.how === 'timeout' ? end.rest.length : 0;
    for (const [reason, entities] of [
      ['timeout', overdue],
      ['error', failed.length - overdue],
      ['rate_limit', postponed.length],
    ] as const) {
      if (entities > 0) {
        metrics.collectionFailed({
          collectorId: settings.id,
          reason,
          entities,
        });
      }
    }
    const [first] = [...failed, ...postponed];
    if (first && 'message' in first) {
      logger.warn(
        `Fact collector ${settings.id} failed for ${
          failed.length + postponed.length
        } of ${writer.ended.length} entities: ${first.message}`,
      );
    }
  }

  #count(id: string, what: CallReason | 'hanging'): number {
    return this.#counts.get(`${what} ${id}`) ?? 0;
  }

  #add(id: string, what: CallReason | 'hanging', difference: number): void {
    this.#counts.set(`${what} ${id}`, this.#count(id, what) + difference);
  }
}

function partition(
  taken: readonly Taken[],
  { appliesTo }: CollectorSettings,
): [Taken[], Taken[]] {
  const subjects: Taken[] = [];
  const others: Taken[] = [];
  for (const item of taken) {
    (appliesTo(item.entity) ? subjects : others).push(item);
  }
  return [subjects, others];
}
