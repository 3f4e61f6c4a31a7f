import { RateLimitError } from '@waymark/plugin-scorecards-node';

/** What GitHub asks for when it does not say how long. */
const DEFAULT_MS = 60_000;

/**
 * The error that an answer stands for when it is one of GitHub's limits: the
 * primary one of so many requests an hour, or a secondary one.
 *
 * @internal
 */
export function rateLimitOf(
  response: Response,
  message: string,
): RateLimitError | undefined {
  const { headers, status } = response;
  if (status !== 403 && status !== 429) {
    return undefined;
  }
  const said = `GitHub asks to be left alone: ${message}`;
  const seconds = Number.parseInt(headers.get('retry-after') ?? '', 10);
  if (seconds >= 0) {
    return new RateLimitError(said, new Date(Date.now() + seconds * 1000));
  }
  const reset = Number.parseInt(headers.get('x-ratelimit-reset') ?? '', 10);
  if (headers.get('x-ratelimit-remaining') === '0' && reset > 0) {
    return new RateLimitError(said, new Date(reset * 1000));
  }
  return status === 429 || /rate limit/i.test(message)
    ? new RateLimitError(said, new Date(Date.now() + DEFAULT_MS))
    : undefined;
}
