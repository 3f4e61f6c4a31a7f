import { RateLimitError } from '@waymark/plugin-scorecards-node';

const DEFAULT_SECONDS = 60;

/**
 * The error that an answer with status 429 stands for: PagerDuty says in
 * `ratelimit-reset`, others in `retry-after`, how many seconds to wait.
 *
 * @internal
 */
export function rateLimitOf(
  response: Response,
  message: string,
): RateLimitError | undefined {
  if (response.status !== 429) {
    return undefined;
  }
  const seconds = ['ratelimit-reset', 'retry-after']
    .map(name => Number.parseInt(response.headers.get(name) ?? '', 10))
    .find(value => value >= 0);
  return new RateLimitError(
    message,
    new Date(Date.now() + (seconds ?? DEFAULT_SECONDS) * 1000),
  );
}
