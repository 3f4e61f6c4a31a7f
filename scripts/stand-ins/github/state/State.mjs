import path from 'node:path';
import { GitRepository } from '../git/GitRepository.mjs';
import { createIds, nodeId, now } from './ids.mjs';

const lower = text => text.toLowerCase();

/** A map whose keys are names, in whatever case. */
class NameMap extends Map {
  get(name) {
    return super.get(lower(name));
  }

  has(name) {
    return super.has(lower(name));
  }

  set(name, value) {
    return super.set(lower(name), value);
  }

  delete(name) {
    return super.delete(lower(name));
  }
}

/** Everything the stand-in knows, but for what sits in Git. */
export class State {
  users = new NameMap();
  organizations = new NameMap();
  repositories = new NameMap();
  /** Token → what it is, see `Tokens`. */
  tokens = new Map();
  hooks = [];
  deliveries = [];
  apps = [];
  /** Applications that may ask people to sign in. */
  oauthClients = [];
  oauthCodes = new Map();
  refreshTokens = new Map();
  /** Tickets for archives, which are fetched without credentials. */
  archives = new Map();

  constructor({ url, dataDir }) {
    this.url = url;
    this.dataDir = dataDir;
    this.ids = createIds();
  }

  get apiUrl() {
    return `${this.url}/api/v3`;
  }

  addUser({ login, name, email, bio, siteAdmin = false }) {
    const id = this.ids.next();
    const user = {
      id,
      nodeId: nodeId('U', id),
      kind: 'User',
      login,
      name: name ?? null,
      email: email ?? null,
      bio: bio ?? null,
      siteAdmin,
      suspendedAt: null,
      createdAt: now(),
    };
    this.users.set(login, user);
    return user;
  }

  addOrganization({ login, name, description, email }) {
    const id = this.ids.next();
    const organization = {
      id,
      nodeId: nodeId('O', id),
      kind: 'Organization',
      login,
      name: name ?? null,
      description: description ?? null,
      email: email ?? null,
      basePermission: 'read',
      membersCanCreateRepositories: true,
      /** Login → `admin` or `member`. */
      members: new NameMap(),
      teams: new NameMap(),
      createdAt: now(),
    };
    this.organizations.set(login, organization);
    return organization;
  }

  addTeam(organization, { name, slug, description, privacy, parent }) {
    const id = this.ids.next();
    const team = {
      id,
      nodeId: nodeId('T', id),
      organization,
      name,
      slug: slug ?? slugify(name),
      description: description ?? null,
      privacy: privacy ?? 'closed',
      notificationSetting: 'notifications_enabled',
      /** Slug of the parent. */
      parent,
      /** Login → `maintainer` or `member`. */
      members: new NameMap(),
      /** Full name → permission. */
      repositories: new NameMap(),
      createdAt: now(),
      updatedAt: now(),
    };
    organization.teams.set(team.slug, team);
    return team;
  }

  async addRepository(owner, settings) {
    const id = this.ids.next();
    const defaultBranch = settings.defaultBranch ?? 'main';
    const directory = path.join(this.dataDir, 'repositories', `${id}.git`);
    const repository = {
      id,
      nodeId: nodeId('R', id),
      owner,
      name: settings.name,
      description: settings.description ?? null,
      homepage: settings.homepage ?? null,
      visibility: settings.visibility ?? 'public',
      defaultBranch,
      archived: false,
      topics: settings.topics ?? [],
      features: { ...settings.features },
      customProperties: { ...settings.customProperties },
      /** Login → permission. */
      collaborators: new NameMap(),
      /** Branch → protection, in the shape of the request that set it. */
      protections: new Map(),
      rulesets: [],
      pulls: [],
      statuses: new Map(),
      checkRuns: [],
      deployments: [],
      variables: new NameMap(),
      secrets: new NameMap(),
      oidcSubject: { use_default: true },
      environments: new NameMap(),
      createdAt: now(),
      updatedAt: now(),
      pushedAt: now(),
      git: await GitRepository.create(directory, defaultBranch),
      /** Ends when the writer before has ended. */
      turn: Promise.resolve(),
      get fullName() {
        return `${this.owner.login}/${this.name}`;
      },
      get isPrivate() {
        return this.visibility !== 'public';
      },
    };
    this.repositories.set(repository.fullName, repository);
    return repository;
  }

  async removeRepository(repository) {
    this.repositories.delete(repository.fullName);
    for (const organization of this.organizations.values()) {
      for (const team of organization.teams.values()) {
        team.repositories.delete(repository.fullName);
      }
    }
    this.hooks = this.hooks.filter(hook => hook.repository !== repository);
    await repository.git.remove();
  }

  rename(repository, name) {
    const before = repository.fullName;
    this.repositories.delete(before);
    repository.name = name;
    this.repositories.set(repository.fullName, repository);
    for (const organization of this.organizations.values()) {
      for (const team of organization.teams.values()) {
        if (team.repositories.has(before)) {
          team.repositories.set(
            repository.fullName,
            team.repositories.get(before),
          );
          team.repositories.delete(before);
        }
      }
    }
  }

  /** A user or an organisation. */
  account(login) {
    return this.users.get(login) ?? this.organizations.get(login);
  }

  repository(owner, name) {
    return this.repositories.get(`${owner}/${name}`);
  }

  repositoriesOf(owner) {
    return [...this.repositories.values()].filter(
      repository => repository.owner === owner,
    );
  }

  teamsWith(repository) {
    if (repository.owner.kind !== 'Organization') {
      return [];
    }
    return [...repository.owner.teams.values()].filter(team =>
      team.repositories.has(repository.fullName),
    );
  }
}

export function slugify(name) {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
