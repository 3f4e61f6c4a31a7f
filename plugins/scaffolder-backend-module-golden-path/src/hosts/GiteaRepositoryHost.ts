import { ServiceUnavailableError } from '@backstage/errors';
import {
  getGiteaRequestOptions,
  GiteaIntegrationConfig,
} from '@backstage/integration';
import { z } from 'zod';
import { readRepositoryUrl } from './readRepositoryUrl';
import { requestJson } from './requestJson';
import {
  ChangeRequest,
  GitRemote,
  HostAddress,
  HostedRepository,
  OwningGroup,
  ProposedChange,
  RepositoryHost,
} from './RepositoryHost';
import { contentsPath, pagePath, restPath } from './repositoryPaths';

const repositorySchema = z.object({
  id: z.union([z.number(), z.string().min(1)]).transform(String),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  empty: z.boolean(),
  default_branch: z.string().min(1),
  archived: z.boolean().default(false),
  created_at: z.string().refine(value => !Number.isNaN(Date.parse(value))),
});

const pullRequestSchema = z.object({
  number: z.number().int(),
  state: z.string(),
});

const folderSchema = z.array(z.object({ name: z.string() }));

const organizationSchema = z.object({}).loose();

/**
 * Gitea, Forgejo, and what speaks their REST API.
 *
 * @internal
 */
export class GiteaRepositoryHost implements RepositoryHost {
  readonly host: string;

  readonly reviewsChanges = false;

  private readonly baseUrl: string;

  constructor(private readonly config: GiteaIntegrationConfig) {
    this.host = config.host;
    this.baseUrl = config.baseUrl ?? `https://${config.host}`;
  }

  repositoryUrl(address: HostAddress): string {
    return `${this.baseUrl}${pagePath(address)}`;
  }

  cloneUrl(address: HostAddress): string {
    return `${this.repositoryUrl(address)}.git`;
  }

  contentsUrl(options: {
    address: HostAddress;
    branch: string;
    path?: string;
  }): string {
    const { address, branch, path } = options;
    return [
      `${this.repositoryUrl(address)}/src/branch/${encodeURIComponent(branch)}`,
      ...(path ?? '').split('/').filter(Boolean).map(encodeURIComponent),
    ].join('/');
  }

  parseRepositoryUrl(url: string): HostAddress | undefined {
    return readRepositoryUrl({ baseUrl: this.baseUrl, url });
  }

  teamName(options: { group: OwningGroup }): string {
    return options.group.name;
  }

  async organizationExists(options: {
    organization: string;
    signal?: AbortSignal;
  }): Promise<boolean> {
    const found = await this.request({
      method: 'GET',
      path: `/orgs/${encodeURIComponent(options.organization)}`,
      schema: organizationSchema,
      notFound: 'undefined',
      signal: options.signal,
    });
    return found !== undefined;
  }

  async getRepository(options: {
    address: HostAddress;
    signal?: AbortSignal;
  }): Promise<HostedRepository | undefined> {
    const found = await this.request({
      method: 'GET',
      path: restPath(options.address),
      schema: repositorySchema,
      notFound: 'undefined',
      signal: options.signal,
    });
    return found && this.toRepository(options.address, found);
  }

  async listFolder(options: {
    address: HostAddress;
    path: string;
    signal?: AbortSignal;
  }): Promise<string[] | undefined> {
    const { address, path, signal } = options;
    const found = await this.request({
      method: 'GET',
      path: contentsPath(address, path),
      schema: folderSchema,
      notFound: 'undefined',
      signal,
    });
    return found?.map(({ name }) => name);
  }

  async createRepository(options: {
    address: HostAddress;
    description: string;
    defaultBranch: string;
    signal?: AbortSignal;
  }): Promise<HostedRepository> {
    const { address, description, defaultBranch, signal } = options;
    const created = await this.request({
      method: 'POST',
      path: `/orgs/${encodeURIComponent(address.organization)}/repos`,
      body: {
        name: address.name,
        description,
        default_branch: defaultBranch,
      },
      schema: repositorySchema,
      signal,
    });
    if (!created) {
      throw new ServiceUnavailableError(
        `${this.host} answered the creation of ${address.organization}/${address.name} without a repository`,
      );
    }
    return this.toRepository(address, created);
  }

  async deleteRepository(options: { address: HostAddress }): Promise<void> {
    await this.request({
      method: 'DELETE',
      path: restPath(options.address),
      notFound: 'undefined',
    });
  }

  async gitRemote(address: HostAddress): Promise<GitRemote> {
    const { username, password } = this.config;
    return {
      url: this.cloneUrl(address),
      authorization:
        password === undefined
          ? undefined
          : // Over Git a token stands in the place of the password
            `Basic ${Buffer.from(
              `${username ?? 'x-access-token'}:${password}`,
            ).toString('base64')}`,
    };
  }

  async openChange(options: ChangeRequest): Promise<ProposedChange> {
    const { address, branch, base, title, description, signal } = options;
    const path = `${restPath(address)}/pulls`;
    const earlier = await this.request({
      method: 'GET',
      path: `${path}/${encodeURIComponent(base)}/${encodeURIComponent(branch)}`,
      schema: pullRequestSchema,
      notFound: 'undefined',
      signal,
    });
    const change =
      earlier?.state === 'open'
        ? earlier
        : await this.request({
            method: 'POST',
            path,
            body: { base, head: branch, title, body: description },
            schema: pullRequestSchema,
            // The embedded forge has none, and in Gitea they can be turned off
            notFound: 'undefined',
            signal,
          });
    const url = this.repositoryUrl(address);
    return change
      ? { url: `${url}/pulls/${change.number}`, number: change.number }
      : {
          url: `${url}/compare/${[base, branch]
            .map(encodeURIComponent)
            .join('...')}`,
        };
  }

  async isChangeOpen(options: {
    address: HostAddress;
    number: number;
    signal?: AbortSignal;
  }): Promise<boolean> {
    const change = await this.request({
      method: 'GET',
      path: `${restPath(options.address)}/pulls/${options.number}`,
      schema: pullRequestSchema,
      notFound: 'undefined',
      signal: options.signal,
    });
    return change?.state === 'open';
  }

  async setSecret(options: {
    address: HostAddress;
    name: string;
    value: string;
    signal?: AbortSignal;
  }): Promise<void> {
    const { address, name, value, signal } = options;
    await this.request({
      method: 'PUT',
      path: `${restPath(address)}/actions/secrets/${encodeURIComponent(name)}`,
      body: { data: value },
      signal,
    });
  }

  private toRepository(
    address: HostAddress,
    answer: z.infer<typeof repositorySchema>,
  ): HostedRepository {
    return {
      id: answer.id,
      // Not the answer's own address: the catalog knows the host by the
      // address in the config
      url: this.repositoryUrl(address),
      empty: answer.empty,
      createdAt: new Date(answer.created_at),
      defaultBranch: answer.default_branch,
      archived: answer.archived,
    };
  }

  private request<T>(options: {
    method: 'GET' | 'POST' | 'PUT' | 'DELETE';
    path: string;
    body?: Record<string, string>;
    schema?: z.ZodType<T>;
    notFound?: 'undefined';
    signal?: AbortSignal;
  }): Promise<T | undefined> {
    const { path, ...rest } = options;
    return requestJson({
      ...rest,
      host: this.host,
      hint: `the entry of integrations.gitea for ${this.host}`,
      url: `${this.baseUrl}/api/v1${path}`,
      label: `${options.method} ${path}`,
      headers: getGiteaRequestOptions(this.config).headers ?? {},
    });
  }
}
