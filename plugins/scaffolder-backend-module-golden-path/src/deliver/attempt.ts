import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';

/** In each round at least one of those who race arrives. */
const ATTEMPTS = 30;

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_500;

/**
 * Somebody else was faster; on top of what they did it may work.
 *
 * @internal
 */
export class RaceError extends Error {}

/**
 * Does something again, after a while that differs for everybody, as long as
 * others are faster.
 *
 * @throws ConflictError when that does not end
 * @internal
 */
export async function attempt<T>(options: {
  /** What others change, for the message. */
  what: string;
  signal?: AbortSignal;
  /** Throws a {@link RaceError} when it has to be done again. */
  work: () => Promise<T>;
}): Promise<T> {
  const { what, signal, work } = options;
  for (let count = 1; ; count++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RaceError)) {
        throw error;
      }
      if (count === ATTEMPTS) {
        throw new ConflictError(
          `${what} is being changed by many at this moment; retry in a minute`,
        );
      }
    }
    await sleep(
      Math.random() * Math.min(FIRST_WAIT_MS * 2 ** count, LONGEST_WAIT_MS),
      undefined,
      { signal },
    );
  }
}
