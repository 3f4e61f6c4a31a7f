import { emit } from '../hooks/events.mjs';
import { GithubError, notFound } from '../http/GithubError.mjs';
import { page } from '../http/paging.mjs';
import { reply } from '../http/reply.mjs';
import { nodeId, now } from '../state/ids.mjs';
import { repositoryOf, requireActor } from './locate.mjs';

const base = '/repos/:owner/:repo/deployments';

const STATES = [
  'error',
  'failure',
  'inactive',
  'in_progress',
  'queued',
  'pending',
  'success',
];

function shapeOf(state, repository, deployment) {
  const url = `${state.apiUrl}/repos/${repository.fullName}/deployments/${deployment.id}`;
  const { statuses: _, ...fields } = deployment;
  return {
    url,
    node_id: nodeId('DE', deployment.id),
    ...fields,
    original_environment: deployment.environment,
    payload: {},
    updated_at: deployment.created_at,
    statuses_url: `${url}/statuses`,
    repository_url: `${state.apiUrl}/repos/${repository.fullName}`,
  };
}

function statusShape(state, repository, deployment, status) {
  const url = shapeOf(state, repository, deployment).url;
  return {
    url: `${url}/statuses/${status.id}`,
    node_id: nodeId('DES', status.id),
    ...status,
    environment: deployment.environment,
    updated_at: status.created_at,
    deployment_url: url,
    repository_url: `${state.apiUrl}/repos/${repository.fullName}`,
  };
}

/** Deployments and their states; a test may say when they were. */
export function addDeploymentRoutes(router) {
  const one = (context, right, permission) => {
    const repository = repositoryOf(context, right, permission);
    const deployment = repository.deployments.find(
      ({ id }) => id === Number(context.params.deployment),
    );
    if (!deployment) {
      throw notFound();
    }
    return { repository, deployment };
  };

  router.post(base, context => {
    const { state, body } = context;
    requireActor(context);
    const repository = repositoryOf(context, 'push', 'deployments:write');
    const deployment = {
      id: state.ids.next(),
      sha: body.sha ?? body.ref,
      ref: body.ref,
      task: body.task ?? 'deploy',
      environment: body.environment ?? 'production',
      description: body.description ?? null,
      created_at: body.created_at ?? now(),
      statuses: [],
    };
    repository.deployments.push(deployment);
    return reply(201, shapeOf(state, repository, deployment));
  });

  router.get(base, context => {
    const repository = repositoryOf(context, 'pull', 'deployments:read');
    const latestFirst = [...repository.deployments].sort((a, b) =>
      b.created_at.localeCompare(a.created_at),
    );
    return page(context, latestFirst, deployment =>
      shapeOf(context.state, repository, deployment),
    );
  });

  router.post(`${base}/:deployment/statuses`, context => {
    const { state, body } = context;
    const actor = requireActor(context);
    const { repository, deployment } = one(
      context,
      'push',
      'deployments:write',
    );
    if (!STATES.includes(body.state)) {
      throw new GithubError(422, 'Validation Failed: state');
    }
    const status = {
      id: state.ids.next(),
      state: body.state,
      description: body.description ?? '',
      log_url: body.log_url ?? '',
      target_url: body.log_url ?? '',
      environment_url: body.environment_url ?? '',
      created_at: body.created_at ?? now(),
    };
    deployment.statuses.unshift(status);
    const shown = statusShape(state, repository, deployment, status);
    emit(state, {
      event: 'deployment_status',
      action: 'created',
      repository,
      actor,
      payload: {
        deployment_status: shown,
        deployment: shapeOf(state, repository, deployment),
      },
    });
    return reply(201, shown);
  });

  router.get(`${base}/:deployment/statuses`, context => {
    const { repository, deployment } = one(context, 'pull', 'deployments:read');
    return page(context, deployment.statuses, status =>
      statusShape(context.state, repository, deployment, status),
    );
  });
}
