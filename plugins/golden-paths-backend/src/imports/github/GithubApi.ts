import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';

const TIMEOUT_MS = 20_000;

/** Requests that are left to others of the same credentials. */
const RESERVE = 50;

/** Where GitHub does not say when to go on. */
const DEFAULT_WAIT_MS = 60_000;

/**
 * GitHub asks to wait.
 *
 * @internal
 */
export class RateLimitedError extends Error {
  readonly name = 'RateLimitedError';

  constructor(readonly until: number) {
    super(
      `GitHub asks to wait until ${new Date(
        until,
      ).toISOString()}, its limit of requests is reached`,
    );
  }
}

/**
 * A repository that cannot be read, now or later.
 *
 * @internal
 */
export class RefusedError extends Error {
  readonly name = 'RefusedError';
}

/**
 * Reads GitHub with the credentials of the integrations.
 *
 * @internal
 */
export class GithubApi {
  readonly #integrations: ScmIntegrations;
  #pausedUntil = 0;

  constructor(options: { integrations: ScmIntegrations }) {
    this.#integrations = options.integrations;
  }

  /**
   * @param repository - its address
   * @param path - below it in the API
   * @throws RateLimitedError, RefusedError, or an Error that may pass
   */
  async get(repository: string, path: string): Promise<unknown> {
    if (Date.now() < this.#pausedUntil) {
      throw new RateLimitedError(this.#pausedUntil);
    }
    const integration = this.#integrations.github.byUrl(repository);
    if (!integration?.config.apiBaseUrl) {
      throw new RefusedError('No integration in integrations.github is for it');
    }
    const { headers } = await DefaultGithubCredentialsProvider.fromIntegrations(
      this.#integrations,
    ).getCredentials({ url: repository });
    const { pathname } = new URL(repository);
    const response = await fetch(
      `${integration.config.apiBaseUrl}/repos${pathname}${path}`,
      {
        headers: { ...headers, accept: 'application/vnd.github+json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
    );
    this.#heed(response);
    if (!response.ok) {
      const message = `GitHub answers ${response.status}`;
      throw response.status < 500
        ? new RefusedError(message)
        : new Error(message);
    }
    return response.json();
  }

  #heed({ headers, ok, status }: Response): void {
    const number = (name: string) => {
      const text = headers.get(name);
      return text === null || !/^\d+$/.test(text) ? undefined : Number(text);
    };
    const remaining = number('x-ratelimit-remaining');
    const reset = number('x-ratelimit-reset');
    const retryAfter = number('retry-after');
    const limited =
      (status === 403 || status === 429) &&
      (remaining === 0 || retryAfter !== undefined || status === 429);

    if (limited || (ok && remaining !== undefined && remaining < RESERVE)) {
      const now = Date.now();
      this.#pausedUntil =
        (retryAfter !== undefined && now + retryAfter * 1_000) ||
        (reset !== undefined && Math.max(reset * 1_000, now + 1_000)) ||
        now + DEFAULT_WAIT_MS;
    }
    if (limited) {
      throw new RateLimitedError(this.#pausedUntil);
    }
  }
}
