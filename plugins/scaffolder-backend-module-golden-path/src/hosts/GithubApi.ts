import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  isError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  GithubCredentials,
  GithubCredentialsProvider,
  GithubIntegrationConfig,
} from '@backstage/integration';
import { z } from 'zod';
import { rateLimitOf, RateLimitedError } from './githubRateLimit';
import { Refusal, requestJson } from './requestJson';

/** The version of GitHub's REST API that the shapes here are of. */
const API_VERSION = '2022-11-28';

/** All that one request waits for the rate limit, before it gives up. */
const MAX_WAIT_MS = 2 * 60 * 1000;

/** A limit may be met again by others who waited for its end. */
const MAX_WAITS = 5;

/** GitHub answered that something has moved. */
class MovedError extends Error {
  constructor(readonly location: string) {
    super(`Moved to ${location}`);
  }
}

/**
 * One request to GitHub.
 *
 * @internal
 */
export interface GithubRequest<T> {
  /** Whose installation of an App speaks; each has a token of its own. */
  organization: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  schema?: z.ZodType<T>;
  notFound?: 'undefined';
  /** What the credentials need for it, told when they are refused. */
  needs: string;
  explain?: (refusal: Refusal) => Error | undefined;
  signal?: AbortSignal;
}

/**
 * GitHub's REST API, as an App or with a token. Waits for rate limits within
 * bounds, and says so, where there is a log to say it in.
 *
 * @internal
 */
export class GithubApi {
  readonly host: string;

  /** Where people find the host's pages, without a trailing slash. */
  readonly webUrl: string;

  private readonly apiUrl: string;

  constructor(
    private readonly options: {
      config: GithubIntegrationConfig;
      credentials: GithubCredentialsProvider;
      /** Of a task; without one nobody waits, and neither does this. */
      logger?: LoggerService;
    },
  ) {
    const { host, apiBaseUrl } = options.config;
    this.host = host;
    this.apiUrl = apiBaseUrl ?? `https://${host}/api/v3`;
    this.webUrl = `${new URL(this.apiUrl).protocol}//${host}`;
  }

  /** @throws what `requestJson` throws */
  async request<T>(request: GithubRequest<T>): Promise<T | undefined> {
    const { method, path, signal } = request;
    let url = `${this.apiUrl}${path}`;
    let mayFollow = method === 'GET';
    let waits = 0;
    let waited = 0;

    for (;;) {
      try {
        return await this.send(request, { url, mayFollow });
      } catch (error) {
        if (error instanceof MovedError) {
          // Once: a renamed repository is found by its id
          url = error.location;
          mayFollow = false;
        } else if (error instanceof RateLimitedError) {
          waits += 1;
          waited += error.waitMs;
          if (waits > MAX_WAITS || waited > MAX_WAIT_MS) {
            throw error;
          }
          await this.wait(error, `${method} ${path}`, signal);
        } else {
          throw error;
        }
      }
    }
  }

  private async send<T>(
    request: GithubRequest<T>,
    attempt: { url: string; mayFollow: boolean },
  ): Promise<T | undefined> {
    const { organization, method, path, needs, explain, ...rest } = request;
    // An App's token lasts for an hour, and a task may wait for longer
    const token = await this.token(organization);
    return requestJson({
      ...rest,
      host: this.host,
      hint: `the entry of integrations.github for ${this.host} (${needs})`,
      method,
      url: attempt.url,
      label: `${method} ${path}`,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'waymark-golden-path',
        'x-github-api-version': API_VERSION,
      },
      explain: refusal =>
        this.explainMove(refusal, attempt.mayFollow) ??
        rateLimitOf(refusal) ??
        explain?.(refusal),
    });
  }

  /**
   * The token for an organization.
   *
   * @throws NotAllowedError when there is none
   * @throws ServiceUnavailableError when the host cannot be asked for one
   */
  async token(organization: string): Promise<string> {
    const found = await this.findToken(organization);
    if (found === undefined) {
      throw new NotAllowedError(
        this.options.config.apps?.length
          ? `The GitHub App of the entry of integrations.github for ${this.host} is not installed in ${organization}; an owner of the organization can install it`
          : `The entry of integrations.github for ${this.host} has neither a token nor an App`,
      );
    }
    return found;
  }

  /** @returns undefined when the configured App is not installed there */
  async findToken(organization: string): Promise<string | undefined> {
    return (await this.findCredentials(organization)).token;
  }

  /** Whether an App speaks in an organization; where it does not, a user does. */
  async isApp(organization: string): Promise<boolean> {
    return (await this.findCredentials(organization)).type === 'app';
  }

  private async findCredentials(
    organization: string,
  ): Promise<GithubCredentials> {
    try {
      return await this.options.credentials.getCredentials({
        url: `${this.webUrl}/${encodeURIComponent(organization)}`,
      });
    } catch (error) {
      const reason = isError(error) ? error.message : 'unknown reason';
      const status =
        isError(error) && typeof error.status === 'number' ? error.status : 500;
      const message = `${this.host} gave the GitHub App no token for ${organization}: ${reason}`;
      throw status >= 500
        ? new ServiceUnavailableError(message)
        : new NotAllowedError(
            `${message}. Check the App in the entry of integrations.github for ${this.host}`,
          );
    }
  }

  private explainMove(
    refusal: Refusal,
    mayFollow: boolean,
  ): MovedError | undefined {
    const location = refusal.headers.get('location') ?? '';
    return mayFollow &&
      [301, 302, 307, 308].includes(refusal.status) &&
      // Anywhere else the token has no business
      location.startsWith(`${this.apiUrl}/`)
      ? new MovedError(location)
      : undefined;
  }

  private async wait(
    error: RateLimitedError,
    label: string,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { logger } = this.options;
    if (!logger) {
      throw error;
    }
    logger.warn(
      `${this.host} takes no more requests for ${Math.ceil(
        error.waitMs / 1000,
      )} s (rate limit); waiting with ${label}`,
    );
    try {
      await sleep(error.waitMs, undefined, { signal });
    } catch {
      throw new Error(`${label} on ${this.host} was cancelled`);
    }
  }
}
