import { createHash, randomUUID } from 'node:crypto';

/** The environment variable by which everything a pipeline started is found again. */
export const MARK = 'WAYMARK_RUNNER_MARK';

/**
 * What marks the processes of one runner: a later runner on the same folder, or
 * the watchdog, recognises what an earlier one left behind.
 *
 * @internal
 */
export function ownerMark(directory: string): string {
  return createHash('sha256').update(directory).digest('hex').slice(0, 16);
}

/**
 * What marks the processes of one stage or service.
 *
 * @internal
 */
export function stageMark(owner: string): string {
  return `${owner}.${randomUUID()}`;
}
