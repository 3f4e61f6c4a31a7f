import { CustomErrorBase } from '@backstage/errors';

/**
 * The source of facts asks to be left alone for a while.
 *
 * @public
 */
export class RateLimitError extends CustomErrorBase {
  name = 'RateLimitError' as const;

  constructor(message: string, readonly retryAt: Date, cause?: unknown) {
    super(message, cause);
  }
}
