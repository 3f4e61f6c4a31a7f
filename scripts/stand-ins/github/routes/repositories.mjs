import { changeRefs } from '../git/changeRefs.mjs';
import { emit } from '../hooks/events.mjs';
import {
  GithubError,
  notFound,
  validationFailed,
} from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { noContent, reply } from '../http/reply.mjs';
import { repositoryShape, SETTINGS } from '../shapes/repository.mjs';
import { isOwner, levelOf } from '../state/access.mjs';
import { now } from '../state/ids.mjs';
import { actorOf } from '../state/principal.mjs';
import {
  organizationOf,
  repositoryOf,
  requireScope,
  requireUser,
} from './locate.mjs';

const VISIBILITIES = ['public', 'private', 'internal'];

const cleanName = name => String(name ?? '').replace(/[^A-Za-z0-9._-]+/g, '-');

const full = (context, repository) =>
  repositoryShape(context.state, repository, {
    full: true,
    level:
      context.principal.kind === 'anonymous'
        ? undefined
        : levelOf(repository, context.principal),
  });

const creationFailed = (code, message) =>
  new GithubError(422, 'Repository creation failed.', {
    errors: [{ resource: 'Repository', code, field: 'name', message }],
  });

function visibilityOf(body, before) {
  if (VISIBILITIES.includes(body.visibility)) {
    return body.visibility;
  }
  return body.private === undefined
    ? before
    : (body.private && 'private') || 'public';
}

const settingsOf = body =>
  Object.fromEntries(
    Object.keys(SETTINGS)
      .filter(name => body[name] !== undefined)
      .map(name => [name, body[name]]),
  );

async function initialCommit(context, repository) {
  const { git, name, description, defaultBranch } = repository;
  const actor = actorOf(context.principal);
  const text = `# ${name}\n${description ?? ''}`.trimEnd();
  await changeRefs(context.state, repository, actor, async () => {
    const sha = await git.writeBlob(text);
    const tree = await git.writeTree(undefined, [{ path: 'README.md', sha }]);
    const commit = await git.writeCommit({
      tree,
      message: 'Initial commit',
      author: { name: actor.name ?? actor.login, email: actor.email },
    });
    await git.updateRef(`refs/heads/${defaultBranch}`, commit);
  });
}

async function create(context, owner) {
  const { state, body, principal } = context;
  const name = cleanName(body.name);
  if (!name || name === '.' || name === '..') {
    throw validationFailed([
      { resource: 'Repository', code: 'missing_field', field: 'name' },
    ]);
  }
  if (name.length > 100) {
    throw creationFailed(
      'custom',
      'name is too long (maximum is 100 characters)',
    );
  }
  if (state.repository(owner.login, name)) {
    throw creationFailed('custom', 'name already exists on this account');
  }
  const repository = await state.addRepository(owner, {
    name,
    description: body.description,
    homepage: body.homepage,
    visibility: visibilityOf(body, 'public'),
    features: settingsOf(body),
    customProperties: body.custom_properties,
  });
  const actor = actorOf(principal);
  // What an App creates it may use, also where it was given a choice of others
  principal.installation?.repositoryIds?.push(repository.id);
  if (principal.kind === 'user' && owner.kind === 'Organization') {
    repository.collaborators.set(actor.login, 'admin');
  }
  if (body.team_id) {
    const team = [...owner.teams.values()].find(
      ({ id }) => id === body.team_id,
    );
    team?.repositories.set(repository.fullName, 'push');
  }
  emit(state, { event: 'repository', action: 'created', repository, actor });
  if (body.auto_init) {
    await initialCommit(context, repository);
  }
  return reply(201, full(context, repository), {
    location: `${state.apiUrl}/repos/${repository.fullName}`,
  });
}

async function applyChanges(context, repository) {
  const { state, body, principal } = context;
  const actor = actorOf(principal);
  const changes = {};
  for (const field of ['description', 'homepage']) {
    if (body[field] !== undefined && body[field] !== repository[field]) {
      changes[field] = { from: repository[field] };
      repository[field] = body[field];
    }
  }
  if (body.default_branch && body.default_branch !== repository.defaultBranch) {
    if (!(await repository.git.branches()).has(body.default_branch)) {
      throw validationFailed([
        {
          resource: 'Repository',
          field: 'default_branch',
          code: 'invalid',
          message: `The branch ${body.default_branch} was not found. Please push that ref first or create it via the Git Data API.`,
        },
      ]);
    }
    changes.default_branch = { from: repository.defaultBranch };
    repository.defaultBranch = body.default_branch;
    await repository.git.setDefaultBranch(body.default_branch);
  }
  Object.assign(repository.features, settingsOf(body));
  repository.updatedAt = now();
  if (Object.keys(changes).length > 0) {
    emit(state, {
      event: 'repository',
      action: 'edited',
      repository,
      actor,
      payload: { changes },
    });
  }
  const visibility = visibilityOf(body, repository.visibility);
  if (visibility !== repository.visibility) {
    repository.visibility = visibility;
    const action = visibility === 'public' ? 'publicized' : 'privatized';
    emit(state, { event: 'repository', action, repository, actor });
  }
  if (body.archived !== undefined && body.archived !== repository.archived) {
    repository.archived = body.archived;
    const action = body.archived ? 'archived' : 'unarchived';
    emit(state, { event: 'repository', action, repository, actor });
  }
  const name = body.name === undefined ? repository.name : cleanName(body.name);
  if (name !== repository.name) {
    if (state.repository(repository.owner.login, name)) {
      throw validationFailed([
        {
          resource: 'Repository',
          code: 'custom',
          field: 'name',
          message: 'name already exists on this account',
        },
      ]);
    }
    const from = repository.name;
    state.rename(repository, name);
    state.longTail.renamed(repository);
    emit(state, {
      event: 'repository',
      action: 'renamed',
      repository,
      actor,
      payload: { changes: { repository: { name: { from } } } },
    });
  }
}

/** Repositories themselves; what is in them has files of its own. */
export function addRepositoryRoutes(router) {
  router.post('/orgs/:org/repos', context => {
    const organization = organizationOf(
      context,
      'member',
      'administration:write',
    );
    requireScope(context, 'repo', 'public_repo');
    if (
      context.principal.kind === 'user' &&
      !organization.membersCanCreateRepositories &&
      !isOwner(organization, context.principal)
    ) {
      throw new GithubError(
        403,
        'You need admin access to the organization before adding a repository to it.',
      );
    }
    return create(context, organization);
  });

  router.post('/user/repos', context => {
    const user = requireUser(context);
    requireScope(context, 'repo', 'public_repo');
    return create(context, user);
  });

  router.get('/repos/:owner/:repo', context =>
    reply(200, full(context, repositoryOf(context))),
  );

  router.get('/repositories/:id', context => {
    const { state, params } = context;
    const found = [...state.repositories.values()].find(
      ({ id }) => id === Number(params.id),
    );
    if (!found) {
      throw notFound();
    }
    params.owner = found.owner.login;
    params.repo = found.name;
    return reply(200, full(context, repositoryOf(context)));
  });

  router.patch('/repos/:owner/:repo', async context => {
    context.unarchives = context.body.archived === false;
    const repository = repositoryOf(context, 'admin', 'administration:write');
    await applyChanges(context, repository);
    return reply(200, full(context, repository));
  });

  router.delete('/repos/:owner/:repo', async context => {
    const { state } = context;
    context.unarchives = true;
    const repository = repositoryOf(context, 'admin', 'administration:write');
    requireScope(context, 'delete_repo');
    const actor = actorOf(context.principal);
    emit(state, { event: 'repository', action: 'deleted', repository, actor });
    await state.removeRepository(repository);
    return noContent();
  });

  router.get('/repos/:owner/:repo/topics', context =>
    reply(200, { names: repositoryOf(context).topics }),
  );

  router.put('/repos/:owner/:repo/topics', context => {
    const repository = repositoryOf(context, 'admin', 'administration:write');
    const { names } = context.body;
    const valid =
      Array.isArray(names) &&
      names.every(name => /^[a-z0-9][a-z0-9-]{0,49}$/.test(name));
    if (!valid) {
      throw validationFailed([
        { resource: 'Repository', field: 'topics', code: 'invalid' },
      ]);
    }
    repository.topics = names;
    repository.updatedAt = now();
    emit(context.state, {
      event: 'repository',
      action: 'edited',
      repository,
      actor: actorOf(context.principal),
      payload: { changes: { topics: { from: [] } } },
    });
    return reply(200, { names });
  });

  router.get('/repos/:owner/:repo/languages', context => {
    repositoryOf(context);
    return reply(200, {});
  });

  router.get('/repos/:owner/:repo/tags', async context => {
    const { state } = context;
    const repository = repositoryOf(context);
    const api = `${state.apiUrl}/repos/${repository.fullName}`;
    const tags = [...(await repository.git.refs('refs/tags/')).keys()];
    return page(context, tags.reverse(), async ref => {
      const name = ref.slice('refs/tags/'.length);
      const sha = await repository.git.resolve(name);
      return {
        name,
        commit: { sha, url: `${api}/commits/${sha}` },
        zipball_url: `${api}/zipball/${ref}`,
        tarball_url: `${api}/tarball/${ref}`,
        node_id: `REF_${name}`,
      };
    });
  });
}
