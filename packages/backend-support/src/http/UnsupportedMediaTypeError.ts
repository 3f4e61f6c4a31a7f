import { CustomErrorBase } from '@backstage/errors';

/**
 * A request whose body has a content type that is not understood.
 *
 * @public
 */
export class UnsupportedMediaTypeError extends CustomErrorBase {
  readonly name = 'UnsupportedMediaTypeError';
  /** Read by the error handler of Backstage. */
  readonly statusCode = 415;
}
