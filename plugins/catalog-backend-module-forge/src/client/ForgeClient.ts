import { ForwardedError, NotFoundError, toError } from '@backstage/errors';
import {
  getGiteaFileContentsUrl,
  getGiteaRequestOptions,
  GiteaIntegrationConfig,
} from '@backstage/integration';
import { z } from 'zod';
import { AnswerTooLargeError } from './AnswerTooLargeError';
import { FileTooLargeError } from './FileTooLargeError';
import { checkAnswer, readJson } from './readJson';
import { Repository, RepositoryName } from './Repository';
import {
  contentsSchema,
  repositorySchema,
  searchSchema,
  totalSchema,
} from './schemas';

const PAGE_SIZE = 50;

const REQUEST_TIMEOUT_MS = 20_000;

/** How often a listing starts again when the host changes under it. */
const MAX_LISTINGS = 4;

type RequestOptions = { signal?: AbortSignal };

/**
 * Reads repositories from a host that speaks Gitea's REST API.
 *
 * @remarks
 * Every method either gives the whole truth or throws: there is no partial answer.
 *
 * @internal
 */
export class ForgeClient {
  readonly #integration: GiteaIntegrationConfig;
  /** Address of the host, without a slash at the end. */
  readonly baseUrl: string;

  constructor(integration: GiteaIntegrationConfig) {
    this.#integration = integration;
    this.baseUrl = integration.baseUrl ?? `https://${integration.host}`;
  }

  /**
   * All repositories of all owners.
   *
   * @throws when the host cannot be read to the end, or contradicts itself
   */
  async listRepositories(options: RequestOptions): Promise<Repository[]> {
    for (let attempt = 1; ; attempt++) {
      const listing = await this.#listOnce(options);
      if (listing.consistent) {
        return listing.repositories;
      }
      if (attempt === MAX_LISTINGS) {
        throw new Error(
          `${this.baseUrl} listed ${listing.repositories.length} different repositories, but its x-total-count says ${listing.total}`,
        );
      }
    }
  }

  /** @returns undefined when the host says that there is no such repository */
  async getRepository(
    repository: RepositoryName,
    options: RequestOptions,
  ): Promise<Repository | undefined> {
    const { owner, name } = repository;
    const url = `${this.baseUrl}/api/v1/repos/${owner}/${name}`;
    const response = await this.#fetch(url, options);
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    return toRepository(await readJson({ url, response }, repositorySchema));
  }

  /**
   * The content of one file.
   *
   * @param url - address of the file's page, `…/<owner>/<name>/src/branch/<branch>/<path>`
   * @throws NotFoundError when there is no such file
   * @throws FileTooLargeError when it has more than `maxBytes`
   */
  async readFile(
    url: string,
    options: RequestOptions & { maxBytes: number },
  ): Promise<Buffer> {
    const { maxBytes } = options;
    const contentsUrl = getGiteaFileContentsUrl(this.#integration, url);
    const response = await this.#fetch(contentsUrl, options);
    if (response.status === 404) {
      await response.body?.cancel();
      throw new NotFoundError(`${url} does not exist`);
    }
    if (response.status === 413) {
      await response.body?.cancel();
      throw new FileTooLargeError(url, { maxBytes });
    }
    const file = await readJson(
      { url: contentsUrl, response },
      contentsSchema,
      // Base64 takes four bytes for three, beside some fields about the file
      { maxBytes: Math.ceil(maxBytes / 3) * 4 + 64 * 1024 },
    ).catch(error => {
      throw error instanceof AnswerTooLargeError
        ? new FileTooLargeError(url, { maxBytes })
        : error;
    });
    if (file.size > maxBytes) {
      throw new FileTooLargeError(url, { maxBytes });
    }
    if (file.type !== 'file' || file.encoding !== 'base64') {
      throw new Error(`${url} is not a file but a ${file.type}`);
    }
    return Buffer.from(file.content ?? '', 'base64');
  }

  async #listOnce(options: RequestOptions): Promise<{
    repositories: Repository[];
    total: number;
    consistent: boolean;
  }> {
    const found = new Map<string, Repository>();
    let expected: number | undefined;
    for (let page = 1; ; page++) {
      const url = `${this.baseUrl}/api/v1/repos/search?page=${page}&limit=${PAGE_SIZE}`;
      const response = await this.#fetch(url, options);
      const { data } = await readJson({ url, response }, searchSchema);
      const total = checkAnswer(
        totalSchema,
        response.headers.get('x-total-count') ?? undefined,
        `The x-total-count of ${url}`,
      );
      const before = found.size;
      for (const item of data) {
        const repository = toRepository(item);
        // The host counts names that differ only in case as two
        found.set(`${repository.owner}/${repository.name}`, repository);
      }
      expected ??= total;
      if (total === expected && found.size === total) {
        return {
          repositories: [...found.values()],
          total,
          consistent: true,
        };
      }
      // A total that moves or a page that brings nothing new means that
      // repositories came or went meanwhile, so that pages overlap or leave gaps
      if (total !== expected || found.size === before || found.size > total) {
        return {
          repositories: [...found.values()],
          total,
          consistent: false,
        };
      }
    }
  }

  async #fetch(url: string, options: RequestOptions): Promise<Response> {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    try {
      return await fetch(url, {
        ...getGiteaRequestOptions(this.#integration),
        signal: options.signal
          ? AbortSignal.any([options.signal, timeout])
          : timeout,
      });
    } catch (error) {
      // What went wrong on the network is only in the cause
      throw new ForwardedError(
        `${url} cannot be reached`,
        toError(error).cause ?? error,
      );
    }
  }
}

function toRepository(item: z.output<typeof repositorySchema>): Repository {
  return {
    owner: item.owner.login,
    name: item.name,
    description: item.description,
    empty: item.empty || item.default_branch === '',
    archived: item.archived,
    defaultBranch: item.default_branch,
    updatedAt: item.updated_at,
  };
}
