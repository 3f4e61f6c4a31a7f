import {
  GithubError,
  notFound,
  requiresAuthentication,
} from '../http/GithubError.mjs';
import {
  appMay,
  atLeast,
  isMember,
  isOwner,
  levelOf,
} from '../state/access.mjs';
import { actorOf } from '../state/principal.mjs';

const notForIntegration = () =>
  new GithubError(403, 'Resource not accessible by integration');

/** @throws GithubError 401 for anonymous callers, 403 for an App itself */
export function requireActor({ principal }) {
  if (principal.kind === 'anonymous') {
    throw requiresAuthentication();
  }
  const actor = actorOf(principal);
  if (!actor) {
    throw notForIntegration();
  }
  return actor;
}

export function requireUser(context) {
  const actor = requireActor(context);
  if (context.principal.kind !== 'user') {
    throw notForIntegration();
  }
  return actor;
}

/** @throws GithubError 403 unless the token has one of the scopes */
export function requireScope({ principal }, ...scopes) {
  if (
    principal.kind === 'user' &&
    !scopes.some(scope => principal.scopes.includes(scope))
  ) {
    throw new GithubError(403, `Must have one of the scopes: ${scopes}`);
  }
}

function checkInstallation({ principal }, repository, permission) {
  if (principal.kind !== 'installation' || !permission) {
    return;
  }
  if (principal.installation.account !== repository.owner) {
    throw notFound();
  }
  if (!appMay(principal, permission)) {
    throw notForIntegration();
  }
}

/**
 * The repository of the address, when the caller may do with it what is wanted.
 *
 * @param {object} context
 * @param {'pull' | 'triage' | 'push' | 'maintain' | 'admin'} [wanted]
 * @param {string} [permission] what an App needs for it, `contents:write`
 */
export function repositoryOf(context, wanted = 'pull', permission) {
  const { state, params, principal } = context;
  const repository = state.repository(params.owner, params.repo);
  if (!repository) {
    throw notFound();
  }
  const level = levelOf(repository, principal);
  if (level === 'none') {
    throw notFound();
  }
  if (wanted === 'pull') {
    if (repository.isPrivate) {
      checkInstallation(context, repository, permission);
    }
    return repository;
  }
  requireActor(context);
  if (principal.kind === 'installation') {
    checkInstallation(context, repository, permission ?? 'contents:write');
  } else if (!atLeast(level, wanted)) {
    throw wanted === 'admin'
      ? new GithubError(403, 'Must have admin rights to Repository.')
      : notFound();
  }
  if (repository.archived && context.method !== 'GET' && !context.unarchives) {
    throw new GithubError(403, 'Repository was archived so is read-only.');
  }
  return repository;
}

/**
 * The organisation of the address.
 *
 * @param {'any' | 'member' | 'owner'} [wanted]
 * @param {string} [permission] what an App needs for it, `members:read`
 */
export function organizationOf(context, wanted = 'any', permission) {
  const { state, params, principal } = context;
  const organization = state.organizations.get(params.org);
  if (!organization) {
    throw notFound();
  }
  if (wanted === 'any') {
    return organization;
  }
  requireActor(context);
  if (!isMember(organization, principal)) {
    throw notFound();
  }
  if (principal.kind === 'installation') {
    if (!permission || !appMay(principal, permission)) {
      throw notForIntegration();
    }
    return organization;
  }
  if (wanted === 'owner' && !isOwner(organization, principal)) {
    throw new GithubError(403, 'Must be an organization owner.');
  }
  return organization;
}

export function teamOf(context, wanted, permission) {
  const organization = organizationOf(context, wanted, permission);
  const team = organization.teams.get(context.params.team);
  if (!team) {
    throw notFound();
  }
  return team;
}

/** The pull request of the address. */
export function pullOf(context, wanted = 'pull', action = 'read') {
  const repository = repositoryOf(context, wanted, `pull_requests:${action}`);
  const pull = repository.pulls.find(
    ({ number }) => number === Number(context.params.number),
  );
  if (!pull) {
    throw notFound();
  }
  return pull;
}

/** The commit that a name in the address stands for. */
export async function commitOf(repository, name) {
  const sha = await repository.git.resolve(name);
  if (!sha) {
    throw new GithubError(422, `No commit found for SHA: ${name}`);
  }
  return sha;
}
