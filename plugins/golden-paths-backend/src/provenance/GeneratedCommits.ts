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

const answerSchema = z.object({
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
 * Asks the scaffolder's module for golden paths what it generated in a repository.
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
  async of(repositoryUrl: string): Promise<GeneratedCommit[]> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'scaffolder',
    });
    const baseUrl = await this.#discovery.getBaseUrl('scaffolder');
    const query = new URLSearchParams({ repository: repositoryUrl });
    const response = await fetch(`${baseUrl}/golden-path/generated?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.status === 404) {
      return [];
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return answerSchema.parse(await response.json()).items;
  }
}
