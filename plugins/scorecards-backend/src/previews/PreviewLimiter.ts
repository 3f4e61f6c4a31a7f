import { ServiceUnavailableError } from '@backstage/errors';
import { TooManyRequestsError } from './TooManyRequestsError';

/**
 * Lets few previews run at a time, and one of each caller: each looks at the
 * whole catalog.
 *
 * @internal
 */
export class PreviewLimiter {
  readonly #maxRunning: number;
  readonly #running = new Set<string>();

  constructor(options: { maxRunning: number }) {
    this.#maxRunning = options.maxRunning;
  }

  /** @throws TooManyRequestsError, ServiceUnavailableError */
  async run<T>(caller: string, work: () => Promise<T>): Promise<T> {
    if (this.#running.has(caller)) {
      throw new TooManyRequestsError(
        'Another preview of yours is still running: wait for it, or end it',
      );
    }
    if (this.#running.size >= this.#maxRunning) {
      throw new ServiceUnavailableError(
        'Others are trying scorecards just now: try again in a few seconds',
      );
    }
    this.#running.add(caller);
    try {
      return await work();
    } finally {
      this.#running.delete(caller);
    }
  }
}
