import {
  AuthenticationError,
  ForwardedError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { rateLimitOf } from './rateLimitOf';

const DEFAULT_BASE_URL = 'https://api.pagerduty.com';
const TIMEOUT_MS = 20_000;
const PAGE_SIZE = 100;
/** Further than this PagerDuty does not page either. */
const MAX_ENTRIES = 10_000;

const reference = z.object({
  id: z.string(),
  summary: z.string().nullish(),
  html_url: z.string().nullish(),
});
const service = reference.extend({
  name: z.string().nullish(),
  status: z.string().nullish(),
  escalation_policy: reference.nullish(),
  integrations: z
    .array(z.object({ integration_key: z.string().nullish() }))
    .nullish(),
});
const onCall = z.object({
  user: reference.nullish(),
  schedule: reference.nullish(),
  escalation_policy: reference,
  escalation_level: z.number(),
});

/**
 * A service of PagerDuty, as far as it matters here.
 *
 * @internal
 */
export type PagerDutyService = z.infer<typeof service>;

/**
 * Somebody who is on call.
 *
 * @internal
 */
export type PagerDutyOnCall = z.infer<typeof onCall>;

/**
 * PagerDuty's REST API v2.
 *
 * Every call throws `NotFoundError` and `InputError` for what concerns the one
 * thing asked for, `RateLimitError`, and other errors while the API does not work.
 *
 * @internal
 */
export class PagerDutyClient {
  readonly #baseUrl: string;
  readonly #token: string;

  constructor(options: { token: string; baseUrl?: string }) {
    this.#baseUrl = (options.baseUrl ?? DEFAULT_BASE_URL).replace(/\/+$/, '');
    this.#token = options.token;
  }

  /**
   * The services that an integration key leads to; usually one, or none.
   */
  async servicesOfKey(
    key: string,
    signal: AbortSignal,
  ): Promise<PagerDutyService[]> {
    const found = await this.#list({
      path: '/services',
      query: [
        ['query', key],
        ['include[]', 'integrations'],
      ],
      field: 'services',
      schema: service,
      signal,
    });
    // Names are searched, too
    return found.filter(({ integrations }) =>
      integrations?.some(({ integration_key }) => integration_key === key),
    );
  }

  /** @throws NotFoundError */
  async serviceOfId(
    id: string,
    signal: AbortSignal,
  ): Promise<PagerDutyService> {
    const answer = await this.#get(
      `/services/${encodeURIComponent(id)}`,
      [],
      signal,
    );
    return z.object({ service }).parse(answer).service;
  }

  /** Who is on call now, for any of some escalation policies. */
  async onCalls(
    escalationPolicyIds: string[],
    signal: AbortSignal,
  ): Promise<PagerDutyOnCall[]> {
    return this.#list({
      path: '/oncalls',
      query: escalationPolicyIds.map(id => ['escalation_policy_ids[]', id]),
      field: 'oncalls',
      schema: onCall,
      signal,
    });
  }

  async #list<T extends z.ZodType>(options: {
    path: string;
    query: [string, string][];
    field: string;
    schema: T;
    signal: AbortSignal;
  }): Promise<z.infer<T>[]> {
    const { path, query, field, schema, signal } = options;
    const page = z.looseObject({
      [field]: z.array(schema),
      more: z.boolean().nullish(),
    });
    const found: z.infer<T>[] = [];
    for (;;) {
      const answer = page.parse(
        await this.#get(
          path,
          [
            ...query,
            ['limit', String(PAGE_SIZE)],
            ['offset', String(found.length)],
          ],
          signal,
        ),
      );
      const entries = answer[field] as z.infer<T>[];
      found.push(...entries);
      if (!answer.more || entries.length === 0) {
        return found;
      }
      if (found.length >= MAX_ENTRIES) {
        throw new InputError(`PagerDuty has too many entries at ${path}`);
      }
    }
  }

  async #get(
    path: string,
    query: [string, string][],
    signal: AbortSignal,
  ): Promise<unknown> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(
        `${this.#baseUrl}${path}?${new URLSearchParams(query)}`,
        {
          headers: {
            accept: 'application/vnd.pagerduty+json;version=2',
            authorization: `Token token=${this.#token}`,
          },
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        },
      );
      text = await response.text();
    } catch (error) {
      signal.throwIfAborted();
      throw new ForwardedError('PagerDuty does not answer', error);
    }
    if (response.ok) {
      return JSON.parse(text);
    }
    throw errorOf(response, path);
  }
}

function errorOf(response: Response, path: string): Error {
  const { status } = response;
  const limit = rateLimitOf(response, 'PagerDuty asks to be left alone');
  if (limit) {
    return limit;
  }
  if (status === 401 || status === 403) {
    return new AuthenticationError(
      `PagerDuty refuses the token of scorecards.pagerduty.token for ${path} (${status})`,
    );
  }
  if (status === 404) {
    return new NotFoundError(`PagerDuty has nothing at ${path}`);
  }
  return status < 500
    ? new InputError(`PagerDuty answers ${status} at ${path}`)
    : new ServiceUnavailableError(`PagerDuty answers ${status}`);
}
