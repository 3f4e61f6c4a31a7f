import { emit } from '../hooks/events.mjs';
import { simpleAccount, simpleOrganization } from '../shapes/accounts.mjs';
import { repositoryShape } from '../shapes/repository.mjs';
import { now } from '../state/ids.mjs';
import { NO_COMMIT } from './GitRepository.mjs';

const MAX_COMMITS = 2048;

async function changedFiles(git, sha) {
  const text = await git.text([
    'diff-tree',
    '-r',
    '-z',
    '--root',
    '--no-commit-id',
    '--no-renames',
    '--name-status',
    sha,
  ]);
  const files = { added: [], removed: [], modified: [] };
  const parts = text.split('\0');
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const kind = { A: 'added', D: 'removed' }[parts[index]] ?? 'modified';
    files[kind].push(parts[index + 1]);
  }
  return files;
}

function accountFields(state, person) {
  const account = [...state.users.values()].find(
    user => user.email?.toLowerCase() === person.email.toLowerCase(),
  );
  return {
    name: person.name,
    email: person.email,
    date: person.date,
    ...(account && { username: account.login }),
  };
}

async function pushedCommit(state, repository, commit) {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${state.url}/${repository.fullName}/commit/${commit.sha}`,
    author: accountFields(state, commit.author),
    committer: accountFields(state, commit.committer),
    ...(await changedFiles(repository.git, commit.sha)),
  };
}

const seconds = time => Math.floor(Date.parse(time) / 1000);

async function pushPayload(state, repository, change, actor) {
  const { git, fullName } = repository;
  const { ref, before, after, known } = change;
  const created = before === NO_COMMIT;
  const deleted = after === NO_COMMIT;
  const commits = [];
  if (!deleted) {
    const not = created ? known : [before];
    const log = await git.log(after, { not, max: MAX_COMMITS });
    for (const commit of log.reverse()) {
      commits.push(await pushedCommit(state, repository, commit));
    }
  }
  const head = deleted
    ? null
    : await pushedCommit(state, repository, await git.commit(after));
  const forced = !created && !deleted && !(await git.isAncestor(before, after));
  const range = created
    ? after.slice(0, 12)
    : `${before.slice(0, 12)}...${after.slice(0, 12)}`;
  const { owner } = repository;
  return {
    ref,
    before,
    after,
    repository: {
      ...repositoryShape(state, repository),
      owner: {
        name: owner.login,
        email: owner.email,
        ...simpleAccount(state, owner),
      },
      created_at: seconds(repository.createdAt),
      pushed_at: seconds(repository.pushedAt),
      master_branch: repository.defaultBranch,
      ...(owner.kind === 'Organization' && { organization: owner.login }),
    },
    pusher: { name: actor.login, email: actor.email },
    ...(owner.kind === 'Organization' && {
      organization: simpleOrganization(state, owner),
    }),
    created,
    deleted,
    forced,
    base_ref: null,
    compare: `${state.url}/${fullName}/compare/${range}`,
    commits,
    head_commit: head,
  };
}

function announceRef(state, repository, change, actor) {
  const { ref, before, after } = change;
  const event =
    before === NO_COMMIT
      ? 'create'
      : after === NO_COMMIT
      ? 'delete'
      : undefined;
  if (!event) {
    return;
  }
  const [, kind, ...name] = ref.split('/');
  emit(state, {
    event,
    repository,
    actor,
    payload: {
      ref: name.join('/'),
      ref_type: kind === 'tags' ? 'tag' : 'branch',
      ...(event === 'create' && {
        master_branch: repository.defaultBranch,
        description: repository.description,
      }),
      pusher_type: 'user',
    },
  });
}

function differences(before, after) {
  const known = [...before.values()];
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .map(ref => ({
      ref,
      before: before.get(ref) ?? NO_COMMIT,
      after: after.get(ref) ?? NO_COMMIT,
      known,
    }))
    .filter(
      change =>
        change.before !== change.after &&
        /^refs\/(heads|tags)\//.test(change.ref),
    );
}

/** The first branch of an empty repository becomes its default one. */
async function adoptDefaultBranch(repository) {
  const branches = [...(await repository.git.branches()).keys()];
  if (branches.length > 0 && !branches.includes(repository.defaultBranch)) {
    repository.defaultBranch = branches.includes('main') ? 'main' : branches[0];
    await repository.git.setDefaultBranch(repository.defaultBranch);
  }
}

async function announce(state, repository, before, actor) {
  const { git } = repository;
  const changes = differences(before, await git.refs());
  if (changes.length === 0) {
    return;
  }
  if (before.size === 0) {
    await adoptDefaultBranch(repository);
  }
  // Clients take a size of 0 for an empty repository
  repository.size = 1;
  repository.pushedAt = now();
  repository.updatedAt = now();
  for (const change of changes) {
    announceRef(state, repository, change, actor);
    emit(state, {
      event: 'push',
      repository,
      actor,
      payload: await pushPayload(state, repository, change, actor),
    });
    await state.pulls?.branchMoved(repository, change, actor);
  }
}

/**
 * Runs what writes to a repository, one after the other, and then tells the
 * webhooks which refs have moved.
 *
 * @template T
 * @param {import('../state/State.mjs').State} state
 * @param {object} repository
 * @param {object} actor the account that does it
 * @param {() => Promise<T>} change
 * @returns {Promise<T>}
 */
export function changeRefs(state, repository, actor, change) {
  const run = async () => {
    const before = await repository.git.refs();
    try {
      return await change();
    } finally {
      await announce(state, repository, before, actor);
    }
  };
  const result = repository.turn.then(run);
  repository.turn = result.catch(() => {});
  return result;
}
