import { changeRefs } from '../git/changeRefs.mjs';
import {
  GithubError,
  notFound,
  validationFailed,
} from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { reply } from '../http/reply.mjs';
import { blockedBy, mergePull } from '../pulls/mergePull.mjs';
import { changedFiles } from '../shapes/changedFiles.mjs';
import { commitShape } from '../shapes/commit.mjs';
import { pullShape } from '../shapes/pull.mjs';
import { levelOf } from '../state/access.mjs';
import { now } from '../state/ids.mjs';
import { actorOf } from '../state/principal.mjs';
import { pullOf, repositoryOf } from './locate.mjs';

const base = '/repos/:owner/:repo/pulls';

const invalid = field =>
  validationFailed([{ resource: 'PullRequest', field, code: 'invalid' }]);

const refused = message =>
  validationFailed([{ resource: 'PullRequest', code: 'custom', message }]);

async function create(context) {
  const { state, body, principal } = context;
  // Whoever may read a repository may propose a change of it
  const wanted =
    levelOf(repositoryOf(context), principal) === 'pull' ? 'pull' : 'push';
  const repository = repositoryOf(
    context,
    principal.kind === 'installation' ? 'push' : wanted,
    'pull_requests:write',
  );
  const user = actorOf(principal);
  if (!user) {
    throw new GithubError(401, 'Requires authentication');
  }
  for (const field of ['title', 'head', 'base']) {
    if (!body[field]) {
      throw validationFailed([
        { resource: 'PullRequest', field, code: 'missing_field' },
      ]);
    }
  }
  const [owner, name] = body.head.includes(':')
    ? body.head.split(':')
    : [repository.owner.login, body.head];
  const { git } = repository;
  const branches = await git.branches();
  const sameOwner =
    owner.toLowerCase() === repository.owner.login.toLowerCase();
  if (!sameOwner || !branches.has(name)) {
    throw invalid('head');
  }
  if (!branches.has(body.base)) {
    throw invalid('base');
  }
  const known = repository.pulls.some(
    pull =>
      pull.state === 'open' &&
      pull.head.branch === name &&
      pull.base.branch === body.base,
  );
  if (known) {
    throw refused(`A pull request already exists for ${owner}:${name}.`);
  }
  const head = { branch: name, sha: branches.get(name) };
  const target = { branch: body.base, sha: branches.get(body.base) };
  if (await git.isAncestor(head.sha, target.sha)) {
    throw refused(`No commits between ${body.base} and ${name}`);
  }
  const pull = await state.pulls.create(repository, {
    user,
    title: body.title,
    body: body.body,
    draft: body.draft,
    head,
    base: target,
  });
  const shape = await pullShape(state, pull, { full: true });
  return reply(201, shape, { location: shape.url });
}

async function merge(context) {
  const { state, body, principal } = context;
  const pull = pullOf(context, 'push', 'write');
  const actor = actorOf(principal);
  const { repository } = pull;
  if (pull.state !== 'open' || pull.draft) {
    throw new GithubError(
      405,
      pull.draft
        ? 'Pull Request is still a draft'
        : 'Pull Request is not mergeable',
    );
  }
  if (body.sha && body.sha !== pull.head.sha) {
    throw new GithubError(
      409,
      'Head branch was modified. Review and try the merge again.',
    );
  }
  const protection = repository.protections.get(pull.base.branch);
  const exempt =
    protection &&
    !protection.enforce_admins &&
    levelOf(repository, principal) === 'admin';
  const reasons = exempt ? [] : blockedBy(state, pull);
  if (reasons.length > 0) {
    throw new GithubError(405, reasons.join(' '));
  }
  const commit = await changeRefs(state, repository, actor, async () => {
    const sha = await mergePull(pull, {
      method: body.merge_method ?? 'merge',
      title: body.commit_title,
      message: body.commit_message,
      actor,
    });
    await repository.git.updateRef(`refs/heads/${pull.base.branch}`, sha);
    return sha;
  });
  pull.mergeCommit = commit;
  await state.pulls.markMerged(pull, commit, actor);
  if (repository.features.delete_branch_on_merge) {
    await changeRefs(state, repository, actor, () =>
      repository.git.deleteRef(`refs/heads/${pull.head.branch}`),
    );
  }
  return reply(200, {
    sha: commit,
    merged: true,
    message: 'Pull Request successfully merged',
  });
}

/** Pull requests within one repository. */
export function addPullRoutes(router) {
  router.get(base, context => {
    const { state, query } = context;
    const repository = repositoryOf(context, 'pull', 'pull_requests:read');
    const wanted = query.get('state') ?? 'open';
    const head = query.get('head')?.split(':').at(-1);
    const target = query.get('base');
    const pulls = repository.pulls.filter(
      pull =>
        (wanted === 'all' || pull.state === wanted) &&
        (!head || pull.head.branch === head) &&
        (!target || pull.base.branch === target),
    );
    return page(context, pulls.reverse(), pull => pullShape(state, pull));
  });

  router.post(base, create);

  router.get(`${base}/:number`, async context =>
    reply(200, await pullShape(context.state, pullOf(context), { full: true })),
  );

  router.patch(`${base}/:number`, async context => {
    const { state, body, principal } = context;
    const pull = pullOf(context, 'push', 'write');
    const actor = actorOf(principal);
    const changes = {};
    for (const field of ['title', 'body']) {
      if (body[field] !== undefined && body[field] !== pull[field]) {
        changes[field] = { from: pull[field] };
        pull[field] = body[field];
      }
    }
    if (Object.keys(changes).length > 0) {
      pull.updatedAt = now();
      await state.pulls.announce(pull, 'edited', actor, { changes });
    }
    if (body.state === 'closed' && pull.state === 'open') {
      await state.pulls.close(pull, actor);
    } else if (body.state === 'open' && pull.state === 'closed') {
      if (pull.mergedAt) {
        throw invalid('state');
      }
      await state.pulls.reopen(pull, actor);
    }
    return reply(200, await pullShape(state, pull, { full: true }));
  });

  router.get(`${base}/:number/merge`, context => {
    if (!pullOf(context).mergedAt) {
      throw notFound();
    }
    return reply(204);
  });
  router.put(`${base}/:number/merge`, merge);

  router.get(`${base}/:number/commits`, async context => {
    const { state } = context;
    const { repository, head, base: target } = pullOf(context);
    const commits = await repository.git.log(head.sha, { not: [target.sha] });
    return page(context, commits.reverse(), commit =>
      commitShape(state, repository, commit),
    );
  });

  router.get(`${base}/:number/files`, async context => {
    const { repository, head, base: target } = pullOf(context);
    const from = await repository.git.mergeBase(target.sha, head.sha);
    return page(
      context,
      await changedFiles(context.state, repository, from, head.sha),
    );
  });
}
