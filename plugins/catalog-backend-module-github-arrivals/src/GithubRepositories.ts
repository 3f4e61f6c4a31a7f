import { ResponseError } from '@backstage/errors';
import {
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { z } from 'zod';

const TIMEOUT_MS = 15_000;

const repositorySchema = z.object({
  name: z.string(),
  html_url: z.string(),
  default_branch: z.string(),
  topics: z.array(z.string()).default([]),
  archived: z.boolean().default(false),
  fork: z.boolean().default(false),
  visibility: z.string().optional(),
  private: z.boolean(),
  owner: z.object({ login: z.string() }),
});

/**
 * A repository as GitHub describes it over REST, which is also how it does in
 * webhooks.
 *
 * @internal
 */
export type GithubRepository = z.infer<typeof repositorySchema>;

/** @internal */
export class GithubRepositories {
  constructor(
    private readonly options: {
      integrations: ScmIntegrationRegistry;
      credentials: GithubCredentialsProvider;
    },
  ) {}

  /** Whether the address is on a host that is configured as GitHub. */
  covers(url: string): boolean {
    return URL.canParse(url) && !!this.options.integrations.github.byUrl(url);
  }

  /**
   * @param url - the address of the repository's page
   * @returns undefined when GitHub knows none there
   */
  async get(url: string): Promise<GithubRepository | undefined> {
    const integration = this.options.integrations.github.byUrl(url);
    const [owner, name, ...rest] = new URL(url).pathname
      .split('/')
      .filter(part => part !== '');
    if (!integration?.config.apiBaseUrl || !owner || !name || rest.length > 0) {
      return undefined;
    }

    const { headers } = await this.options.credentials.getCredentials({ url });
    const response = await fetch(
      `${integration.config.apiBaseUrl}/repos/${owner}/${name}`,
      {
        headers: { ...headers, accept: 'application/vnd.github+json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
    );
    if (response.status === 404) {
      return undefined;
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return repositorySchema.parse(await response.json());
  }
}
