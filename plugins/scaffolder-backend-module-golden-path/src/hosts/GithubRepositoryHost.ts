import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { GithubHostConfig } from '../config/GithubHostConfig';
import { GithubApi, GithubRequest } from './GithubApi';
import { repositoryPath, teamPath } from './githubPaths';
import { openPullRequest } from './githubPullRequests';
import { protectGithubBranch, setDefaultBranch } from './githubSettings';
import { readRepositoryUrl } from './readRepositoryUrl';
import {
  BranchProtection,
  GitRemote,
  HostAddress,
  HostedRepository,
  OwningGroup,
  ProposedChange,
  RepositoryHost,
} from './RepositoryHost';

const TEAM_ANNOTATION = 'github.com/team-slug';

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

const branchesSchema = z.array(z.object({}).loose());
const organizationSchema = z.object({ login: z.string().min(1) });
const teamSchema = z.object({ slug: z.string().min(1) });

/**
 * GitHub, and GitHub Enterprise by its address in the config.
 *
 * @internal
 */
export class GithubRepositoryHost implements RepositoryHost {
  readonly host: string;

  readonly absenceNote: string;

  constructor(
    private readonly api: GithubApi,
    private readonly config: GithubHostConfig,
  ) {
    this.host = api.host;
    this.absenceNote = `, or the credentials of integrations.github for ${api.host} may not see it: is the App installed there, and is the token one of a member?`;
  }

  repositoryUrl(address: HostAddress): string {
    return `${this.api.webUrl}/${encodeURIComponent(
      address.organization,
    )}/${encodeURIComponent(address.name)}`;
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
      // As the catalog's own provider writes the address of a file
      path ? 'blob' : 'tree',
      encodeURIComponent(branch),
      ...(path ?? '').split('/').filter(Boolean).map(encodeURIComponent),
    ].join('/');
  }

  parseRepositoryUrl(url: string): HostAddress | undefined {
    return readRepositoryUrl({ baseUrl: this.api.webUrl, url });
  }

  teamName(options: { group: OwningGroup; organization: string }): string {
    const { group, organization } = options;
    const annotated = group.annotations?.[TEAM_ANNOTATION]?.trim();
    if (!annotated) {
      return group.name.toLocaleLowerCase('en-US');
    }
    // The catalog's own provider writes it with the organization in front
    const [slug, owner] = annotated.split('/').reverse();
    if (owner !== undefined && !isSame(owner, organization)) {
      throw new InputError(
        `the team of the group ${group.name} is ${annotated} (its annotation ${TEAM_ANNOTATION}), which is not in the organization ${organization}`,
      );
    }
    return slug;
  }

  async organizationExists(options: {
    organization: string;
    signal?: AbortSignal;
  }): Promise<boolean> {
    const { organization, signal } = options;
    if ((await this.api.findToken(organization)) === undefined) {
      return false;
    }
    const found = await this.api.request({
      organization,
      method: 'GET',
      path: `/orgs/${encodeURIComponent(organization)}`,
      schema: organizationSchema,
      notFound: 'undefined',
      needs: READ,
      signal,
    });
    if (found && found.login !== organization) {
      // The catalog compares addresses letter by letter
      throw new InputError(
        `the organization '${organization}' is written '${found.login}' on ${this.host}`,
      );
    }
    return found !== undefined;
  }

  async teamExists(options: {
    organization: string;
    team: string;
    signal?: AbortSignal;
  }): Promise<boolean> {
    const { organization, team, signal } = options;
    if (this.config.teamPermission === 'none') {
      return true;
    }
    const found = await this.api.request({
      organization,
      method: 'GET',
      path: teamPath(organization, team),
      schema: teamSchema,
      notFound: 'undefined',
      needs:
        'an App needs the organization permission Members: read, a token the scope read:org',
      signal,
    });
    return found !== undefined;
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
    const { address, team, signal } = options;
    const { teamPermission } = this.config;
    if (teamPermission === 'none') {
      return undefined;
    }
    const { organization, name } = address;
    await this.api.request({
      organization,
      method: 'PUT',
      path: `${teamPath(organization, team)}/repos/${encodeURIComponent(
        organization,
      )}/${encodeURIComponent(name)}`,
      body: { permission: teamPermission },
      explain: refusal =>
        refusal.status === 404
          ? new NotFoundError(
              `There is no team '${team}' in the organization ${organization} on ${this.host}${this.absenceNote}`,
            )
          : undefined,
      needs:
        'an App needs Administration: write for repositories and Members: read for the organization, a token the scopes repo and read:org',
      signal,
    });
    return `The team @${organization}/${team} has access (${teamPermission})`;
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

  async openChange(options: {
    address: HostAddress;
    branch: string;
    base: string;
    title: string;
    description: string;
    signal?: AbortSignal;
  }): Promise<ProposedChange> {
    const number = await openPullRequest({ api: this.api, ...options });
    return {
      url: `${this.repositoryUrl(options.address)}/pull/${number}`,
      number,
    };
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
      path: `${repositoryPath(address)}${request.path ?? ''}`,
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

function isSame(one: string, other: string): boolean {
  return one.toLocaleLowerCase('en-US') === other.toLocaleLowerCase('en-US');
}
