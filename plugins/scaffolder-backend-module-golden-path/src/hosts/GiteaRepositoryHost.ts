import { ServiceUnavailableError } from '@backstage/errors';
import {
  getGiteaRequestOptions,
  GiteaIntegrationConfig,
} from '@backstage/integration';
import { z } from 'zod';
import { requestJson } from './requestJson';
import {
  GitRemote,
  HostAddress,
  HostedRepository,
  RepositoryHost,
} from './RepositoryHost';

const repositorySchema = z.object({
  id: z.union([z.number(), z.string().min(1)]).transform(String),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  empty: z.boolean(),
  created_at: z.string().refine(value => !Number.isNaN(Date.parse(value))),
});

const organizationSchema = z.object({}).loose();

/**
 * Gitea, Forgejo, and what speaks their REST API.
 *
 * @internal
 */
export class GiteaRepositoryHost implements RepositoryHost {
  readonly host: string;

  private readonly baseUrl: string;

  constructor(private readonly config: GiteaIntegrationConfig) {
    this.host = config.host;
    this.baseUrl = config.baseUrl ?? `https://${config.host}`;
  }

  repositoryUrl(address: HostAddress): string {
    return `${this.baseUrl}/${encodeURIComponent(
      address.organization,
    )}/${encodeURIComponent(address.name)}`;
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
      path: this.repositoryPath(options.address),
      schema: repositorySchema,
      notFound: 'undefined',
      signal: options.signal,
    });
    return found && this.toRepository(options.address, found);
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
      path: this.repositoryPath(options.address),
      notFound: 'undefined',
    });
  }

  gitRemote(address: HostAddress): GitRemote {
    const { username, password } = this.config;
    return {
      url: `${this.repositoryUrl(address)}.git`,
      authorization:
        password === undefined
          ? undefined
          : // Over Git a token stands in the place of the password
            `Basic ${Buffer.from(
              `${username ?? 'x-access-token'}:${password}`,
            ).toString('base64')}`,
    };
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
      path: `${this.repositoryPath(
        address,
      )}/actions/secrets/${encodeURIComponent(name)}`,
      body: { data: value },
      signal,
    });
  }

  private repositoryPath(address: HostAddress): string {
    return `/repos/${encodeURIComponent(
      address.organization,
    )}/${encodeURIComponent(address.name)}`;
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
