import { LoggerService } from '@backstage/backend-plugin-api';
import { Taken } from './CollectionTable';
import { CollectorSettings } from './CollectorSettings';
import { Interrupt } from './Interrupt';
import { CollectedResult, readCollectedFacts } from './readCollectedFacts';

/** Results are written when there are so many, or when the first has waited so long. */
const WRITE_COUNT = 50;
const WRITE_AFTER_MS = 1_000;

/**
 * How a call ended. `unwritten`: not the collector's fault.
 *
 * @internal
 */
export interface CallEnd {
  how: 'done' | 'threw' | 'timeout' | 'stopped' | 'unwritten';
  error?: unknown;
  /** Of which nothing was said, or could be written. */
  rest: Taken[];
  /** Ends when the collector really does, which may be never. */
  gone: Promise<void>;
}

/**
 * One call of a collector. Ends when the collector does, when its time is over or
 * when it is stopped, whatever the collector makes of that.
 *
 * @param options - `write`: called with results as they come, one call after the
 * other; each subject once, and only those asked for
 * @internal
 */
export async function callCollector(options: {
  settings: CollectorSettings;
  taken: readonly Taken[];
  stop: AbortSignal;
  logger: LoggerService;
  write(results: [Taken, CollectedResult][]): Promise<void>;
}): Promise<CallEnd> {
  const { settings, taken, stop, logger, write } = options;
  const { id, collector, timeoutMs } = settings;
  const open = new Map(taken.map(item => [item.ref, item]));
  const interrupt = new Interrupt({ timeoutMs, stop });
  let results: [Taken, CollectedResult][] = [];
  let strays = 0;
  let unwritten: Pick<CallEnd, 'how' | 'error'> | undefined;
  let iterator: AsyncIterator<unknown> | undefined;
  let next: Promise<IteratorResult<unknown>> | undefined;

  async function consume(): Promise<Pick<CallEnd, 'how' | 'error'>> {
    try {
      iterator = collector
        .collect({
          entities: taken.map(({ entity }) => entity),
          states: statesOf(taken),
          signal: interrupt.signal,
          logger,
        })
        [Symbol.asyncIterator]();
      for (;;) {
        next ??= Promise.resolve(iterator.next());
        const step = await interrupt.race(next, {
          patienceMs: results.length > 0 ? WRITE_AFTER_MS : undefined,
        });
        if ('interrupted' in step) {
          return { how: step.interrupted };
        }
        if ('value' in step) {
          next = undefined;
          if (step.value.done) {
            return { how: 'done' };
          }
          accept(step.value.value);
        }
        if (
          'impatient' in step ||
          results.length >= WRITE_COUNT ||
          open.size === 0
        ) {
          await flush();
        }
      }
    } catch (error) {
      return { how: 'threw', error };
    }
  }

  function accept(yielded: unknown) {
    const result = readCollectedFacts(yielded);
    const subject = result && open.get(result.entityRef);
    if (result && subject) {
      open.delete(result.entityRef);
      results.push([subject, result]);
      return;
    }
    strays += 1;
    if (strays > taken.length + WRITE_COUNT) {
      throw new Error('It goes on about entities that it was not asked for');
    }
  }

  async function flush() {
    const batch = results;
    results = [];
    if (batch.length === 0) {
      return;
    }
    try {
      await write(batch);
    } catch (error) {
      batch.forEach(([subject]) => open.set(subject.ref, subject));
      unwritten = { how: 'unwritten', error };
      throw error;
    }
  }

  let end = await consume();
  interrupt.close();
  await flush().catch(() => {});
  end = unwritten ?? end;
  if (strays > 0) {
    logger.warn(
      `Fact collector ${id} said something of entities that it was not asked for, or twice, or nothing that can be read: ${strays} times`,
    );
  }
  return { ...end, rest: [...open.values()], gone: leave(iterator, next) };
}

function statesOf(taken: readonly Taken[]): Map<string, string> {
  const states = new Map<string, string>();
  for (const { ref, state } of taken) {
    if (state !== undefined) {
      states.set(ref, state);
    }
  }
  return states;
}

/** Waits for what a collector is still at; what it says then is of no interest. */
async function leave(
  iterator: AsyncIterator<unknown> | undefined,
  next: Promise<unknown> | undefined,
): Promise<void> {
  await Promise.allSettled([
    next,
    (async () => {
      await iterator?.return?.();
    })(),
  ]);
}
