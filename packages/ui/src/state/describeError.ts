import { isError, ResponseError } from '@backstage/errors';

/**
 * The backend's own words where there are some; "Request failed with 403" tells
 * nobody anything.
 *
 * @public
 */
export function describeError(error: unknown): string {
  if (error instanceof ResponseError && error.statusCode === 401) {
    return 'Your sign-in has ended. Reload the page to sign in again.';
  }
  if (error instanceof ResponseError) {
    return error.cause.message;
  }
  // All that browsers tell of a request without an answer, in their own words
  if (error instanceof TypeError) {
    return 'The portal does not answer. Try again in a moment.';
  }
  return isError(error) ? error.message : String(error);
}
