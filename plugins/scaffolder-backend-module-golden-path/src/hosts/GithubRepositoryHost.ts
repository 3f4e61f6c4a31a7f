import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import { GithubHostConfig } from '../config/GithubHostConfig';
import { GithubApi, GithubRequest } from './GithubApi';
import { doubtGithubAbsence } from './githubAbsence';
import { closePullRequests, openPullRequest } from './githubPullRequests';
import { protectGithubBranch, setDefaultBranch } from './githubSettings';
import {
  githubOrganizationExists,
  githubTeamExists,
  githubTeamName,
  grantGithubTeamAccess,
} from './githubTeams';
import { readRepositoryUrl } from './readRepositoryUrl';
import {
  BranchProtection,
  ChangeRequest,
  GitRemote,
  HostAddress,
  HostedRepository,
  OwningGroup,
  ProposedChange,
  RepositoryHost,
} from './RepositoryHost';
import { contentsPath, pagePath, restPath } from './repositoryPaths';

const READ = 'an App needs Metadata: read';
const ADMINISTER =
  'an App needs the repository permission Administration: write, a token the scope repo';

const repositorySchema = z.object({
  id: z.number().int(),
  name: z.string().min(1),
  owner: z.object({ login: z.string().min(1) }),
  default_branch: z.string().min(1),
  archived: z.boolean().default(false),
  created_at: z.string().refine(value => !Number.isNaN(Date.parse(value))),
});

const folderSchema = z.array(z.object({ name: z.string() }));
const changeSchema = z.object({ state: z.string() });

const branchesSchema = z.array(z.object({}).loose());

/**
 * GitHub, and GitHub Enterprise by its address in the config.
 *
 * @internal
 */
export class GithubRepositoryHost implements RepositoryHost {
  readonly host: string;

  readonly reviewsChanges = true;

  readonly absenceNote: string;

  constructor(
    private readonly api: GithubApi,
    private readonly config: GithubHostConfig,
  ) {
    this.host = api.host;
    this.absenceNote = `, or the credentials of integrations.github for ${api.host} may not see it: is the App installed there, and is the token one of a member?`;
  }

  repositoryUrl(address: HostAddress): string {
    return `${this.api.webUrl}${pagePath(address)}`;
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
      this.repositoryUrl(address),
      // Of files too: so the catalog writes them, and GitHub shows the file
      'tree',
      encodeURIComponent(branch),
      ...(path ?? '').split('/').filter(Boolean).map(encodeURIComponent),
    ].join('/');
  }

  parseRepositoryUrl(url: string): HostAddress | undefined {
    return readRepositoryUrl({ baseUrl: this.api.webUrl, url });
  }

  teamName(options: { group: OwningGroup; organization: string }): string {
    return githubTeamName(options);
  }

  organizationExists(options: {
    organization: string;
    signal?: AbortSignal;
  }): Promise<boolean> {
    return githubOrganizationExists({ api: this.api, ...options });
  }

  async teamExists(options: {
    organization: string;
    team: string;
    signal?: AbortSignal;
  }): Promise<boolean> {
    return (
      // Where none gets access, none has to be there
      this.config.teamPermission === 'none' ||
      githubTeamExists({ api: this.api, ...options })
    );
  }

  async getRepository(options: {
    address: HostAddress;
    signal?: AbortSignal;
  }): Promise<HostedRepository | undefined> {
    const { address, signal } = options;
    const found = await this.repositoryRequest(address, {
      method: 'GET',
      schema: repositorySchema,
      notFound: 'undefined',
      needs: READ,
      signal,
    });
    if (!found) {
      return undefined;
    }
    // It says nothing of being empty, and its size is as of some time ago
    const branches = await this.repositoryRequest(address, {
      method: 'GET',
      path: '/branches?per_page=1',
      schema: branchesSchema,
      notFound: 'undefined',
      needs: 'an App needs the repository permission Contents: read',
      signal,
    });
    return this.toRepository(found, (branches ?? []).length === 0);
  }

  async listFolder(options: {
    address: HostAddress;
    path: string;
    signal?: AbortSignal;
  }): Promise<string[] | undefined> {
    const { address, path, signal } = options;
    const found = await this.api.request({
      organization: address.organization,
      method: 'GET',
      path: contentsPath(address, path),
      schema: folderSchema,
      notFound: 'undefined',
      needs: 'an App needs the repository permission Contents: read',
      signal,
    });
    return found?.map(({ name }) => name);
  }

  doubtAbsence(options: {
    address: HostAddress;
    signal?: AbortSignal;
  }): Promise<string | undefined> {
    return doubtGithubAbsence({ api: this.api, ...options });
  }

  async createRepository(options: {
    address: HostAddress;
    description: string;
    defaultBranch: string;
    signal?: AbortSignal;
  }): Promise<HostedRepository> {
    const { address, description, signal } = options;
    const { visibility } = this.config;
    const created = await this.api.request({
      organization: address.organization,
      method: 'POST',
      path: `/orgs/${encodeURIComponent(address.organization)}/repos`,
      body: {
        name: address.name,
        description,
        private: visibility !== 'public',
        visibility,
        auto_init: false,
      },
      schema: repositorySchema,
      needs: ADMINISTER,
      explain: refusal =>
        refusal.status === 422 && /already exists/i.test(refusal.said)
          ? new ConflictError(refusal.message)
          : undefined,
      signal,
    });
    if (!created) {
      throw new ServiceUnavailableError(
        `${this.host} answered the creation of ${address.organization}/${address.name} without a repository`,
      );
    }
    return this.toRepository(created, true);
  }

  async deleteRepository(options: { address: HostAddress }): Promise<void> {
    await this.repositoryRequest(options.address, {
      method: 'DELETE',
      notFound: 'undefined',
      needs:
        'to delete, an App needs the repository permission Administration: write, a token the scope delete_repo, and the organization must let its members delete repositories',
    });
  }

  async gitRemote(address: HostAddress): Promise<GitRemote> {
    const token = await this.api.token(address.organization);
    return {
      url: this.cloneUrl(address),
      // Over Git a token stands in the place of the password
      authorization: `Basic ${Buffer.from(`x-access-token:${token}`).toString(
        'base64',
      )}`,
    };
  }

  async setDefaultBranch(options: {
    address: HostAddress;
    branch: string;
    signal?: AbortSignal;
  }): Promise<void> {
    await setDefaultBranch({ api: this.api, needs: ADMINISTER, ...options });
  }

  async grantTeamAccess(options: {
    address: HostAddress;
    team: string;
    signal?: AbortSignal;
  }): Promise<string | undefined> {
    const { teamPermission: permission } = this.config;
    if (permission === 'none') {
      return undefined;
    }
    const { api, absenceNote } = this;
    await grantGithubTeamAccess({ api, absenceNote, permission, ...options });
    return `The team @${options.address.organization}/${options.team} has access (${permission})`;
  }

  async protectBranch(options: {
    address: HostAddress;
    branch: string;
    checks: string[];
    signal?: AbortSignal;
  }): Promise<BranchProtection> {
    return protectGithubBranch({
      api: this.api,
      config: this.config.protection,
      needs: ADMINISTER,
      ...options,
    });
  }

  async openChange(options: ChangeRequest): Promise<ProposedChange> {
    const number = await openPullRequest({ api: this.api, ...options });
    return {
      url: `${this.repositoryUrl(options.address)}/pull/${number}`,
      number,
    };
  }

  async closeChange(
    options: Pick<ChangeRequest, 'address' | 'branch' | 'base' | 'signal'>,
  ): Promise<void> {
    await closePullRequests({ api: this.api, ...options });
  }

  async isChangeOpen(options: {
    address: HostAddress;
    number: number;
    signal?: AbortSignal;
  }): Promise<boolean> {
    const change = await this.repositoryRequest(options.address, {
      method: 'GET',
      path: `/pulls/${options.number}`,
      schema: changeSchema,
      notFound: 'undefined',
      needs: 'an App needs the repository permission Pull requests: read',
      signal: options.signal,
    });
    return change?.state === 'open';
  }

  private repositoryRequest<T>(
    address: HostAddress,
    request: Omit<GithubRequest<T>, 'organization' | 'path'> & {
      path?: string;
    },
  ): Promise<T | undefined> {
    return this.api.request({
      ...request,
      organization: address.organization,
      path: `${restPath(address)}${request.path ?? ''}`,
    });
  }

  private toRepository(
    answer: z.infer<typeof repositorySchema>,
    empty: boolean,
  ): HostedRepository {
    return {
      id: String(answer.id),
      // By its name now: a renamed repository answers under its old one too
      url: this.repositoryUrl({
        organization: answer.owner.login,
        name: answer.name,
      }),
      empty,
      createdAt: new Date(answer.created_at),
      defaultBranch: answer.default_branch,
      archived: answer.archived,
    };
  }
}
