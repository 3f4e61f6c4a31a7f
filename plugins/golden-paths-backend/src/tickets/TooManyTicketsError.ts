import { CustomErrorBase } from '@backstage/errors';

/**
 * Somebody who asks more than a team can answer.
 *
 * @internal
 */
export class TooManyTicketsError extends CustomErrorBase {
  readonly name = 'TooManyTicketsError';
  /** Read by the error handler of Backstage. */
  readonly statusCode = 429;
}
