import { DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

const PAGE_SIZE = 50;
const TIMEOUT_MS = 30_000;

const repositorySchema = z.object({
  full_name: z.string(),
  html_url: z.string(),
  default_branch: z.string(),
  empty: z.boolean(),
});

const searchSchema = z.object({ data: z.array(repositorySchema) });

const branchSchema = z.object({
  commit: z.object({
    id: z.string(),
    message: z.string(),
    timestamp: z.string(),
  }),
});

const folderSchema = z.array(z.object({ name: z.string() }));

/**
 * A repository as the forge tells of it.
 *
 * @internal
 */
export interface ForgeRepository {
  /** `<organization>/<name>` */
  name: string;
  /** Its page. */
  url: string;
  defaultBranch: string;
  isEmpty: boolean;
}

/** @internal */
export interface ForgeCommit {
  id: string;
  title: string;
  committedAt: number | undefined;
}

/**
 * Reads from the forge, by the part of Gitea's REST API that it speaks.
 *
 * @internal
 */
export class ForgeClient {
  readonly #discovery: DiscoveryService;

  constructor(options: { discovery: DiscoveryService }) {
    this.#discovery = options.discovery;
  }

  /** All repositories, in the order of their names. */
  async *list(): AsyncGenerator<ForgeRepository> {
    for (let page = 1; ; page++) {
      const answer = await this.#read(
        `/repos/search?page=${page}&limit=${PAGE_SIZE}`,
      );
      const { data } = searchSchema.parse(answer);
      yield* data.map(toRepository);
      if (data.length < PAGE_SIZE) {
        return;
      }
    }
  }

  /** @returns undefined when there is none of that name */
  async get(name: string): Promise<ForgeRepository | undefined> {
    const answer = await this.#read(`/repos/${toPath(name)}`);
    return answer === undefined
      ? undefined
      : toRepository(repositorySchema.parse(answer));
  }

  /** @returns undefined when the repository has no such branch */
  async getHead(
    name: string,
    branch: string,
  ): Promise<ForgeCommit | undefined> {
    const answer = await this.#read(
      `/repos/${toPath(name)}/branches/${encodeURIComponent(branch)}`,
    );
    if (answer === undefined) {
      return undefined;
    }
    const { commit } = branchSchema.parse(answer);
    const committedAt = Date.parse(commit.timestamp);
    return {
      id: commit.id,
      title: commit.message.split('\n', 1)[0].slice(0, 500),
      committedAt: Number.isNaN(committedAt) ? undefined : committedAt,
    };
  }

  /** The names in a folder; none when there is no such folder. */
  async listFolder(
    name: string,
    folder: string,
    commit: string,
  ): Promise<string[]> {
    const answer = await this.#read(
      `/repos/${toPath(name)}/contents/${folder}?ref=${commit}`,
    );
    // A file of that name is answered as one object
    return Array.isArray(answer)
      ? folderSchema.parse(answer).map(entry => entry.name)
      : [];
  }

  /** Where Git fetches from. */
  async cloneUrl(name: string): Promise<string> {
    return `${await this.#discovery.getBaseUrl('forge')}/${toPath(name)}.git`;
  }

  /** The page of a repository, in the browser. */
  async pageUrl(name: string): Promise<string> {
    const base = await this.#discovery.getExternalBaseUrl('forge');
    return `${base}/${toPath(name)}`;
  }

  /**
   * The name of the repository that an address leads to or into.
   *
   * @returns undefined for any address that is not the forge's
   */
  async nameFromUrl(url: string): Promise<string | undefined> {
    const base = await this.#discovery.getExternalBaseUrl('forge');
    if (!url.startsWith(`${base}/`)) {
      return undefined;
    }
    const [organization, name] = url
      .slice(base.length + 1)
      .split(/[/?#]/)
      .map(part => decodeURIComponent(part));
    return organization && name
      ? `${organization}/${name.replace(/\.git$/, '')}`
      : undefined;
  }

  /** @returns undefined for 404 */
  async #read(path: string): Promise<unknown> {
    const base = await this.#discovery.getBaseUrl('forge');
    const response = await fetch(`${base}/api/v1${path}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}

function toRepository(
  repository: z.infer<typeof repositorySchema>,
): ForgeRepository {
  return {
    name: repository.full_name,
    url: repository.html_url,
    defaultBranch: repository.default_branch,
    isEmpty: repository.empty,
  };
}

function toPath(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}
