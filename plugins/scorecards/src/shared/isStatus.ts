import { ResponseError } from '@backstage/errors';

/** Whether the backend answered with one of these. */
export function isStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof ResponseError && statuses.includes(error.statusCode);
}
