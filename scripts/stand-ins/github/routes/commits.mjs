import { emit } from '../hooks/events.mjs';
import { GithubError, validationFailed } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { reply } from '../http/reply.mjs';
import { simpleAccount } from '../shapes/accounts.mjs';
import { commitShape } from '../shapes/commit.mjs';
import { changedFiles } from '../shapes/changedFiles.mjs';
import { repositoryShape } from '../shapes/repository.mjs';
import { now } from '../state/ids.mjs';
import { actorOf } from '../state/principal.mjs';
import { newestStatuses } from '../state/statuses.mjs';
import { commitOf, repositoryOf } from './locate.mjs';

const base = '/repos/:owner/:repo';

const STATES = ['error', 'failure', 'pending', 'success'];

function combinedState(statuses) {
  const states = statuses.map(({ state }) => state);
  if (states.includes('error') || states.includes('failure')) {
    return 'failure';
  }
  return states.length > 0 && states.every(state => state === 'success')
    ? 'success'
    : 'pending';
}

function addStatuses(router) {
  router.get(`${base}/commits/*ref/status`, async context => {
    const { state, params } = context;
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const sha = await commitOf(repository, params.ref);
    const api = `${state.apiUrl}/repos/${repository.fullName}`;
    const statuses = newestStatuses(repository, sha);
    return reply(200, {
      state: combinedState(statuses),
      statuses,
      sha,
      total_count: statuses.length,
      repository: repositoryShape(state, repository),
      commit_url: `${api}/commits/${sha}`,
      url: `${api}/commits/${sha}/status`,
    });
  });

  router.get(`${base}/commits/*ref/statuses`, async context => {
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const sha = await commitOf(repository, context.params.ref);
    return page(context, [...(repository.statuses.get(sha) ?? [])].reverse());
  });

  router.post(`${base}/statuses/:sha`, async context => {
    const { state, params, body, principal } = context;
    const repository = repositoryOf(context, 'push', 'statuses:write');
    const sha = await commitOf(repository, params.sha);
    if (!STATES.includes(body.state)) {
      throw validationFailed([
        { resource: 'Status', field: 'state', code: 'invalid' },
      ]);
    }
    const id = state.ids.next();
    const actor = actorOf(principal);
    const status = {
      url: `${state.apiUrl}/repos/${repository.fullName}/statuses/${sha}`,
      id,
      node_id: `SC_${id}`,
      state: body.state,
      description: body.description ?? null,
      target_url: body.target_url ?? null,
      context: body.context ?? 'default',
      created_at: now(),
      updated_at: now(),
      creator: simpleAccount(state, actor),
    };
    const known = repository.statuses.get(sha) ?? [];
    repository.statuses.set(sha, [...known, status]);
    emit(state, {
      event: 'status',
      repository,
      actor,
      payload: {
        id,
        sha,
        name: repository.fullName,
        state: status.state,
        description: status.description,
        target_url: status.target_url,
        context: status.context,
        created_at: status.created_at,
        updated_at: status.updated_at,
        commit: commitShape(
          state,
          repository,
          await repository.git.commit(sha),
        ),
        branches: [],
      },
    });
    return reply(201, status);
  });
}

/** Commits as the branches hold them, their statuses, and comparisons. */
export function addCommitRoutes(router) {
  addStatuses(router);

  router.get(`${base}/commits`, async context => {
    const { state, query } = context;
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const { git, defaultBranch } = repository;
    if ((await git.branches()).size === 0) {
      throw new GithubError(409, 'Git Repository is empty.');
    }
    const sha = await git.resolve(query.get('sha') || defaultBranch);
    if (!sha) {
      throw new GithubError(404, 'Not Found');
    }
    const commits = await git.log(sha, {
      path: query.get('path') || undefined,
      max: 1000,
    });
    return page(context, commits, commit =>
      commitShape(state, repository, commit),
    );
  });

  router.get(`${base}/commits/*ref`, async context => {
    const { state, params } = context;
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const sha = await commitOf(repository, params.ref);
    if (/\.sha$/.test(context.req.headers.accept ?? '')) {
      return reply(200, sha, { 'content-type': 'application/vnd.github.sha' });
    }
    const commit = await repository.git.commit(sha);
    const files = await changedFiles(state, repository, commit.parents[0], sha);
    return reply(200, {
      ...commitShape(state, repository, commit),
      stats: {
        total: files.reduce((sum, { changes }) => sum + changes, 0),
        additions: files.reduce((sum, { additions }) => sum + additions, 0),
        deletions: files.reduce((sum, { deletions }) => sum + deletions, 0),
      },
      files,
    });
  });

  router.get(`${base}/compare/*basehead`, async context => {
    const { state, params } = context;
    const repository = repositoryOf(context, 'pull', 'contents:read');
    const { git } = repository;
    const [from, to] = params.basehead
      .split('...')
      .map(name => name.replace(/^[^:/]+:/, ''));
    const shas = [await git.resolve(from), await git.resolve(to ?? '')];
    if (!shas[0] || !shas[1]) {
      throw new GithubError(404, 'Not Found');
    }
    const [older, newer] = shas;
    const merge = await git.mergeBase(older, newer);
    const ahead = await git.log(newer, { not: [older] });
    const behind = await git.log(older, { not: [newer] });
    const shape = async sha =>
      commitShape(state, repository, await git.commit(sha));
    const status =
      (ahead.length > 0 && behind.length > 0 && 'diverged') ||
      (ahead.length > 0 && 'ahead') ||
      (behind.length > 0 && 'behind') ||
      'identical';
    return reply(200, {
      status,
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      base_commit: await shape(older),
      merge_base_commit: merge ? await shape(merge) : null,
      html_url: `${state.url}/${repository.fullName}/compare/${params.basehead}`,
      commits: ahead
        .reverse()
        .map(commit => commitShape(state, repository, commit)),
      files: await changedFiles(state, repository, merge ?? older, newer),
    });
  });
}
