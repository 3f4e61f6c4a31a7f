import { ServiceUnavailableError } from '@backstage/errors';
import { Refusal } from './requestJson';

/** What GitHub asks to wait for when it names no time. */
const DEFAULT_WAIT_MS = 60_000;

/** Its clock and ours may differ by a little. */
const MARGIN_MS = 500;

/**
 * GitHub has had enough requests for the moment.
 *
 * @internal
 */
export class RateLimitedError extends ServiceUnavailableError {
  constructor(message: string, readonly waitMs: number) {
    super(
      `${message}. It takes no more requests from these credentials before ${new Date(
        Date.now() + waitMs,
      ).toISOString()} (rate limit)`,
    );
    // The name decides how it is told over HTTP
    this.name = 'ServiceUnavailableError';
  }
}

/**
 * Tells a rate limit from other refusals.
 *
 * Source: "Rate limits for the REST API" in GitHub's documentation, about the
 * primary and the secondary limits.
 *
 * @internal
 */
export function rateLimitOf(refusal: Refusal): RateLimitedError | undefined {
  const { status, headers, said, message } = refusal;
  const retryAfter = readSeconds(headers.get('retry-after'));
  const exhausted = headers.get('x-ratelimit-remaining') === '0';
  const isLimit =
    status === 429 ||
    (status === 403 &&
      (exhausted ||
        retryAfter !== undefined ||
        /\brate limit\b|\babuse detection\b/i.test(said)));
  if (!isLimit) {
    return undefined;
  }
  const reset = readSeconds(headers.get('x-ratelimit-reset'));
  let waitMs = DEFAULT_WAIT_MS;
  if (retryAfter !== undefined) {
    waitMs = retryAfter * 1000;
  } else if (exhausted && reset !== undefined) {
    waitMs = Math.max(reset * 1000 - Date.now(), 0);
  }
  return new RateLimitedError(message, waitMs + MARGIN_MS);
}

function readSeconds(value: string | null): number | undefined {
  return value !== null && /^\d{1,12}$/.test(value.trim())
    ? Number(value)
    : undefined;
}
