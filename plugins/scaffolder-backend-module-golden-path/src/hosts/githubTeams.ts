import { InputError, NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { GithubHostConfig } from '../config/GithubHostConfig';
import { GithubApi } from './GithubApi';
import { HostAddress, OwningGroup } from './RepositoryHost';

const TEAM_ANNOTATION = 'github.com/team-slug';

const organizationSchema = z.object({ login: z.string().min(1) });
const teamSchema = z.object({ slug: z.string().min(1) });

/**
 * The slug of a group's team: what its annotation says, else its name.
 *
 * @throws InputError when the team is one of another organization
 * @internal
 */
export function githubTeamName(options: {
  group: OwningGroup;
  organization: string;
}): string {
  const { group, organization } = options;
  const annotated = group.annotations?.[TEAM_ANNOTATION]?.trim();
  if (!annotated) {
    return lower(group.name);
  }
  // The catalog's own provider writes it with the organization in front
  const [slug, owner] = annotated.split('/').reverse();
  if (owner !== undefined && lower(owner) !== lower(organization)) {
    throw new InputError(
      `the team of the group ${group.name} is ${annotated} (its annotation ${TEAM_ANNOTATION}), which is not in the organization ${organization}`,
    );
  }
  return slug;
}

/**
 * @throws InputError when GitHub writes the name of the organization otherwise
 * @internal
 */
export async function githubOrganizationExists(options: {
  api: GithubApi;
  organization: string;
  signal?: AbortSignal;
}): Promise<boolean> {
  const { api, organization, signal } = options;
  if ((await api.findToken(organization)) === undefined) {
    return false;
  }
  const found = await api.request({
    organization,
    method: 'GET',
    path: `/orgs/${encodeURIComponent(organization)}`,
    schema: organizationSchema,
    notFound: 'undefined',
    needs: 'an App needs Metadata: read',
    signal,
  });
  if (found && found.login !== organization) {
    // The catalog compares addresses letter by letter
    throw new InputError(
      `the organization '${organization}' is written '${found.login}' on ${api.host}`,
    );
  }
  return found !== undefined;
}

/** @internal */
export async function githubTeamExists(options: {
  api: GithubApi;
  organization: string;
  team: string;
  signal?: AbortSignal;
}): Promise<boolean> {
  const { api, organization, team, signal } = options;
  const found = await api.request({
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

/**
 * Gives a team access to a repository, as often as it is asked to.
 *
 * @throws NotFoundError when there is no such team
 * @internal
 */
export async function grantGithubTeamAccess(options: {
  api: GithubApi;
  address: HostAddress;
  team: string;
  permission: Exclude<GithubHostConfig['teamPermission'], 'none'>;
  absenceNote: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { api, address, team, permission, absenceNote, signal } = options;
  const { organization, name } = address;
  await api.request({
    organization,
    method: 'PUT',
    path: `${teamPath(organization, team)}/repos/${encodeURIComponent(
      organization,
    )}/${encodeURIComponent(name)}`,
    body: { permission },
    explain: refusal =>
      refusal.status === 404
        ? new NotFoundError(
            `There is no team '${team}' in the organization ${organization} on ${api.host}${absenceNote}`,
          )
        : undefined,
    needs:
      'an App needs Administration: write for repositories and Members: read for the organization, a token the scopes repo and read:org',
    signal,
  });
}

function lower(name: string): string {
  return name.toLocaleLowerCase('en-US');
}

/** The path of a team in GitHub's REST API. */
function teamPath(organization: string, team: string): string {
  return `/orgs/${encodeURIComponent(organization)}/teams/${encodeURIComponent(
    team,
  )}`;
}
