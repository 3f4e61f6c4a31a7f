import { CustomErrorBase } from '@backstage/errors';

/**
 * What is sent or asked for is larger than the limits of the forge.
 *
 * @internal
 */
export class TooLargeError extends CustomErrorBase {
  name = 'TooLargeError' as const;
  readonly statusCode = 413;
}
