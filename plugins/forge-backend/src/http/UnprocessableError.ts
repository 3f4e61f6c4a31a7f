import { CustomErrorBase } from '@backstage/errors';

/**
 * The request is well-formed but a field of it is not acceptable. Gitea answers
 * such requests with 422, which has no counterpart among Backstage's own errors.
 *
 * @internal
 */
export class UnprocessableError extends CustomErrorBase {
  name = 'UnprocessableError' as const;
  readonly statusCode = 422;
}
