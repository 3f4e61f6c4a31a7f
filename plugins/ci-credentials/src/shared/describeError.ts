import { isError, ResponseError } from '@backstage/errors';

/**
 * The backend's own words where there are some; "Request failed with 403" tells
 * nobody anything.
 *
 * @internal
 */
export function describeError(error: unknown): string {
  if (error instanceof ResponseError) {
    return error.cause.message;
  }
  return isError(error) ? error.message : String(error);
}
