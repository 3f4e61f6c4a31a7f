import { CustomErrorBase } from '@backstage/errors';

/**
 * A request whose body has more bytes than are read.
 *
 * @public
 */
export class PayloadTooLargeError extends CustomErrorBase {
  readonly name = 'PayloadTooLargeError';
  /** Read by the error handler of Backstage. */
  readonly statusCode = 413;
}
