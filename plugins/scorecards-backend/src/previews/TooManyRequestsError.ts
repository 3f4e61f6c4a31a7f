import { CustomErrorBase } from '@backstage/errors';

/**
 * A caller who asks for more at once than there is room for.
 *
 * @internal
 */
export class TooManyRequestsError extends CustomErrorBase {
  readonly name = 'TooManyRequestsError';
  /** Read by the error handler of Backstage. */
  readonly statusCode = 429;
}
