import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Something that the portal generated in a repository, as it wrote it down.
 *
 * @internal
 */
export interface GeneratedCommit {
  /** Task of the scaffolder. */
  run: string;
  commit: string;
  /** What the branch with what was generated stood at before. */
  parent?: string;
  /** Of an upgrade; absent of the run that made the repository. */
  entityRef?: string;
  /** What it was rendered from; absent where nobody wrote it down at that time. */
  templateRef?: string;
  version?: string;
}

const deliveredSchema = z.object({ delivered: z.boolean() });
const generatedSchema = z.object({
  items: z.array(
    z.object({
      run: z.string(),
      commit: z.string(),
      parent: z.string().optional(),
      entityRef: z.string().optional(),
      templateRef: z.string().optional(),
      version: z.string().optional(),
    }),
  ),
});

/**
 * Asks the scaffolder's module for golden paths what it generated in a repository, and
 * what it knows of it elsewhere.
 *
 * @internal
 */
export class GeneratedCommits {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** @returns nothing where that module is not installed */
  async of(
    repositoryUrl: string,
    options?: { signal?: AbortSignal },
  ): Promise<GeneratedCommit[]> {
    const query = { repository: repositoryUrl };
    const answer = await this.#ask('generated', query, options);
    return answer === undefined ? [] : generatedSchema.parse(answer).items;
  }

  /** Whether a service was handed to Argo CD, by a run or by hand. */
  async isDelivered(options: {
    service: string;
    repositoryUrl: string;
    signal?: AbortSignal;
  }): Promise<boolean> {
    const { service, repositoryUrl: repository } = options;
    const query = { service, repository };
    const answer = await this.#ask('delivered', query, options);
    return answer !== undefined && deliveredSchema.parse(answer).delivered;
  }

  async #ask(
    route: string,
    query: Record<string, string>,
    options?: { signal?: AbortSignal },
  ): Promise<unknown> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'scaffolder',
    });
    const baseUrl = await this.#discovery.getBaseUrl('scaffolder');
    const response = await fetch(
      `${baseUrl}/golden-path/${route}?${new URLSearchParams(query)}`,
      {
        headers: { authorization: `Bearer ${token}` },
        // It may have to ask the host of a repository, which need not answer
        signal: options?.signal,
      },
    );
    if (response.status === 404) {
      return undefined;
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
