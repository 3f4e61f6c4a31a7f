/** Permissions on a repository, each with all before it. */
const LEVELS = ['none', 'pull', 'triage', 'push', 'maintain', 'admin'];

const rank = level => Math.max(0, LEVELS.indexOf(level));

const highest = levels =>
  levels.reduce((best, level) => (rank(level) > rank(best) ? level : best));

export const atLeast = (level, wanted) => rank(level) >= rank(wanted);

const BASE = { none: 'none', read: 'pull', write: 'push', admin: 'admin' };

/** `read` and `write` are other words for `pull` and `push` in some routes. */
export const normalizePermission = permission =>
  ({ read: 'pull', write: 'push' }[permission] ?? permission);

export const isPermission = permission =>
  permission !== 'none' && LEVELS.includes(permission);

function teamLevels(repository, login) {
  const { owner, fullName } = repository;
  const levels = [];
  for (const team of owner.teams.values()) {
    if (!team.members.has(login)) {
      continue;
    }
    // What a parent team may do, its child teams may do as well
    for (
      let current = team;
      current;
      current = current.parent && owner.teams.get(current.parent)
    ) {
      levels.push(current.repositories.get(fullName) ?? 'none');
    }
  }
  return levels;
}

/** What an account may do, whatever token it uses. */
export function userLevel(repository, user) {
  const { owner } = repository;
  const open = repository.visibility === 'public' ? 'pull' : 'none';
  if (!user) {
    return open;
  }
  if (owner === user || user.siteAdmin) {
    return 'admin';
  }
  const levels = [open, repository.collaborators.get(user.login) ?? 'none'];
  if (owner.kind === 'Organization' && owner.members.has(user.login)) {
    if (owner.members.get(user.login) === 'admin') {
      return 'admin';
    }
    levels.push(BASE[owner.basePermission] ?? 'none');
    levels.push(...teamLevels(repository, user.login));
    if (repository.visibility === 'internal') {
      levels.push('pull');
    }
  }
  return highest(levels);
}

function withScopes(level, repository, scopes) {
  if (scopes.includes('repo')) {
    return level;
  }
  if (repository.isPrivate) {
    return 'none';
  }
  return scopes.includes('public_repo') || !atLeast(level, 'triage')
    ? level
    : 'pull';
}

/** Permission of an App → what it allows on a repository. */
function installationLevel(repository, principal) {
  const { installation } = principal;
  const open = repository.visibility === 'public' ? 'pull' : 'none';
  if (installation.account !== repository.owner) {
    return open;
  }
  const selected = principal.repositoryIds ?? installation.repositoryIds;
  if (selected && !selected.includes(repository.id)) {
    return open;
  }
  const { permissions } = principal;
  if (permissions.contents === 'write') {
    return 'push';
  }
  return permissions.metadata || permissions.contents ? 'pull' : open;
}

/** What the holder of a token may do with a repository. */
export function levelOf(repository, principal) {
  switch (principal.kind) {
    case 'user':
      return withScopes(
        userLevel(repository, principal.user),
        repository,
        principal.scopes,
      );
    case 'installation':
      return installationLevel(repository, principal);
    default:
      return userLevel(repository, undefined);
  }
}

/** Whether an installation was given a permission such as `contents:write`. */
export function appMay(principal, permission) {
  const [name, wanted] = permission.split(':');
  const given = principal.permissions[name];
  return given === wanted || given === 'write' || given === 'admin';
}

export function isMember(organization, principal) {
  return (
    (principal.kind === 'user' &&
      (organization.members.has(principal.user.login) ||
        principal.user.siteAdmin)) ||
    (principal.kind === 'installation' &&
      principal.installation.account === organization)
  );
}

export function isOwner(organization, principal) {
  return (
    principal.kind === 'user' &&
    (organization.members.get(principal.user.login) === 'admin' ||
      principal.user.siteAdmin)
  );
}

/** `permissions` of a repository as the API shows them. */
export function permissionsShape(level) {
  return {
    admin: atLeast(level, 'admin'),
    maintain: atLeast(level, 'maintain'),
    push: atLeast(level, 'push'),
    triage: atLeast(level, 'triage'),
    pull: atLeast(level, 'pull'),
  };
}

/** A permission in the words of `role_name`. */
export const roleName = level =>
  ({ pull: 'read', push: 'write' }[level] ?? level);
