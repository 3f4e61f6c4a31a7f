import { ForwardedError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { z } from 'zod';
import { cleanUrl } from '../adapters/cleanText';
import { IssueTracker } from './IssueTracker';
import { issueText } from './issueText';
import { ticketMark } from './ticketMark';
import { TicketRow } from './TicketRow';

const TIMEOUT_MS = 15_000;

/** GitHub takes this many characters of a title. */
const MAX_TITLE = 256;

const issueSchema = z.object({
  number: z.number().int().positive(),
  html_url: z.string(),
  body: z.string().nullish(),
});

/**
 * Issues in a repository of GitHub, by the credentials of the integrations.
 *
 * @internal
 */
export class GithubIssueTracker implements IssueTracker {
  readonly kind = 'github';
  readonly #baseUrl: string;
  readonly #integrations: ScmIntegrations;
  readonly #labels: string[];
  readonly #repository: string;

  constructor(options: {
    /** Of the portal. */
    baseUrl: string;
    integrations: ScmIntegrations;
    labels: string[];
    /** Its address, without a slash at the end. */
    repository: string;
  }) {
    this.#baseUrl = options.baseUrl;
    this.#integrations = options.integrations;
    this.#labels = options.labels;
    this.#repository = options.repository;
  }

  async open(row: TicketRow): Promise<{ key: string; url?: string }> {
    // An earlier attempt may have come through although its answer did not
    const issue =
      (row.attempts > 0 ? await this.#find(row) : undefined) ??
      issueSchema.parse(
        await this.#call('POST', '', {
          title: row.title.slice(0, MAX_TITLE),
          body: issueText(row, { baseUrl: this.#baseUrl }),
          labels: [...this.#labels, `category:${row.category}`],
        }),
      );
    return {
      key: `${this.#repository}#${issue.number}`.toLowerCase(),
      url: cleanUrl(issue.html_url),
    };
  }

  async #find(row: TicketRow) {
    const since = new Date(Number(row.created_at) - 60_000).toISOString();
    const issues = z
      .array(issueSchema)
      .parse(
        await this.#call(
          'GET',
          `?state=all&sort=created&direction=asc&per_page=100&since=${encodeURIComponent(
            since,
          )}`,
        ),
      );
    const mark = ticketMark(row.id);
    return issues.find(issue => issue.body?.includes(mark));
  }

  async #call(method: string, query: string, body?: object): Promise<unknown> {
    const integration = this.#integrations.github.byUrl(this.#repository);
    if (!integration?.config.apiBaseUrl) {
      throw new Error(
        `No integration in integrations.github is for ${this.#repository}`,
      );
    }
    const { headers } = await DefaultGithubCredentialsProvider.fromIntegrations(
      this.#integrations,
    ).getCredentials({ url: this.#repository });
    const path = new URL(this.#repository).pathname;
    const url = `${integration.config.apiBaseUrl}/repos${path}/issues${query}`;
    try {
      const response = await fetch(url, {
        method,
        headers: {
          ...headers,
          accept: 'application/vnd.github+json',
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) {
        throw new Error(`it answers ${response.status}`);
      }
      return await response.json();
    } catch (error) {
      throw new ForwardedError(`Issues of ${this.#repository}`, error);
    }
  }
}
