import { emit } from '../hooks/events.mjs';
import { GithubError, notFound } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { reply } from '../http/reply.mjs';
import { nodeId, now } from '../state/ids.mjs';
import { newestCheckRuns } from '../state/statuses.mjs';
import { commitOf, repositoryOf } from './locate.mjs';

const base = '/repos/:owner/:repo';

const CONCLUSIONS = [
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'stale',
  'timed_out',
];

function shapeOf(state, repository, run) {
  const url = `${state.apiUrl}/repos/${repository.fullName}/check-runs/${run.id}`;
  const htmlUrl = `${state.url}/${repository.fullName}/runs/${run.id}`;
  const { app } = run;
  return {
    id: run.id,
    node_id: run.nodeId,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: htmlUrl,
    details_url: run.detailsUrl ?? htmlUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { title: null, summary: null, text: null, ...run.output },
    name: run.name,
    app: app ? { id: app.id, slug: app.slug, name: app.name } : null,
    pull_requests: [],
  };
}

function apply(run, body) {
  const invalid =
    (body.conclusion && !CONCLUSIONS.includes(body.conclusion)) ||
    (body.status === 'completed' && !body.conclusion && !run.conclusion);
  if (invalid) {
    throw new GithubError(422, 'Invalid request.\n\nconclusion is not valid.');
  }
  run.name = body.name ?? run.name;
  run.detailsUrl = body.details_url ?? run.detailsUrl;
  run.externalId = body.external_id ?? run.externalId;
  run.output = body.output ?? run.output;
  run.startedAt = body.started_at ?? run.startedAt;
  run.conclusion = body.conclusion ?? run.conclusion;
  // A conclusion says that it is over
  run.status = run.conclusion ? 'completed' : body.status ?? run.status;
  run.completedAt =
    run.status === 'completed' ? body.completed_at ?? now() : null;
}

function announce(state, repository, run, action, actor) {
  emit(state, {
    event: 'check_run',
    action,
    repository,
    actor,
    payload: { check_run: shapeOf(state, repository, run) },
  });
}

/** A check run, as an App or a workflow reports it. */
export async function createCheckRun(state, repository, { body, app, actor }) {
  if (!body.name || !body.head_sha) {
    throw new GithubError(
      422,
      `Invalid request.\n\n"${
        body.name ? 'head_sha' : 'name'
      }" wasn't supplied.`,
    );
  }
  const headSha = await commitOf(repository, body.head_sha);
  const id = state.ids.next();
  const run = {
    id,
    nodeId: nodeId('CR', id),
    headSha,
    app,
    status: 'queued',
    conclusion: null,
    externalId: '',
    startedAt: now(),
    completedAt: null,
  };
  apply(run, body);
  repository.checkRuns.push(run);
  announce(state, repository, run, 'created', actor);
  if (run.status === 'completed') {
    announce(state, repository, run, 'completed', actor);
  }
  return shapeOf(state, repository, run);
}

/** Only Apps report checks; people and tools have statuses. */
function appOf({ principal }) {
  if (principal.kind !== 'installation') {
    throw new GithubError(403, 'You must authenticate via a GitHub App.');
  }
  return principal.installation.app;
}

/** Check runs of commits. */
export function addCheckRoutes(router) {
  const one = (context, wanted, action) => {
    const repository = repositoryOf(context, wanted, `checks:${action}`);
    const run = repository.checkRuns.find(
      ({ id }) => id === Number(context.params.run),
    );
    if (!run) {
      throw notFound();
    }
    return { repository, run };
  };

  router.post(`${base}/check-runs`, async context => {
    const { state, body } = context;
    const repository = repositoryOf(context, 'pull', 'checks:write');
    const app = appOf(context);
    repositoryOf(context, 'push', 'checks:write');
    const options = { body, app, actor: app.bot };
    return reply(201, await createCheckRun(state, repository, options));
  });

  router.get(`${base}/check-runs/:run`, context => {
    const { repository, run } = one(context, 'pull', 'read');
    return reply(200, shapeOf(context.state, repository, run));
  });

  router.patch(`${base}/check-runs/:run`, context => {
    const { state, body } = context;
    const app = appOf(context);
    const { repository, run } = one(context, 'push', 'write');
    apply(run, body);
    if (run.status === 'completed') {
      announce(state, repository, run, 'completed', app.bot);
    }
    return reply(200, shapeOf(state, repository, run));
  });

  router.get(`${base}/commits/*ref/check-runs`, async context => {
    const { state, params, query } = context;
    const repository = repositoryOf(context, 'pull', 'checks:read');
    const sha = await commitOf(repository, params.ref);
    const all = repository.checkRuns.filter(({ headSha }) => headSha === sha);
    const runs =
      query.get('filter') === 'all' ? all : newestCheckRuns(repository, sha);
    const name = query.get('check_name');
    const status = query.get('status');
    const wanted = runs.filter(
      run => (!name || run.name === name) && (!status || run.status === status),
    );
    return page(
      context,
      wanted.reverse(),
      run => shapeOf(state, repository, run),
      'check_runs',
    );
  });
}
