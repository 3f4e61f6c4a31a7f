import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { eventLimits } from '../../events/eventLimits';
import { cleanLine, cleanUrl } from '../cleanText';
import { createEvent } from '../createEvent';
import { PayloadOf } from './payloads';

/** States that say that a deployment is not there, and never will be. */
const FAILED = { failure: 'failure', error: 'error' } as const;

/**
 * A deployment that succeeded is one; one that failed is the end of a task, since
 * CDEvents has no word for what was never deployed. Other states say nothing.
 *
 * @internal
 */
export function translateDeploymentStatus(
  payload: Pick<
    PayloadOf<'deployment_status'>,
    'deployment' | 'deployment_status' | 'repository'
  >,
): CdEvent[] {
  const { deployment, deployment_status: status, repository } = payload;
  const { html_url: url, full_name: name } = repository;
  const environment = cleanLine(deployment.environment, eventLimits.id);
  if (!environment) {
    return [];
  }
  const common = {
    id: `deployment-status/${status.id}`,
    source: `${url}/deployments`,
    at: status.created_at,
    details: {
      revision: deployment.sha,
      url: cleanUrl(
        status.log_url || status.target_url || status.environment_url,
      ),
      environmentUrl: cleanUrl(status.environment_url),
      repository: url,
      deployment: String(deployment.id),
    },
  };

  if (status.state === 'success') {
    return [
      createEvent({
        ...common,
        name: /rollback/i.test(deployment.task ?? '')
          ? 'service.rolledback'
          : 'service.deployed',
        subject: {
          id: name,
          source: url,
          content: {
            environment: { id: environment },
            artifactId: `pkg:github/${name.toLowerCase()}@${deployment.sha}`,
          },
        },
      }),
    ];
  }

  const outcome = Object.hasOwn(FAILED, status.state)
    ? FAILED[status.state as keyof typeof FAILED]
    : undefined;
  return outcome
    ? [
        createEvent({
          ...common,
          name: 'taskrun.finished',
          subject: {
            id: `${name}/deployments/${deployment.id}`,
            source: url,
            content: {
              taskName: 'deploy',
              outcome,
              uri: common.details.url,
              errors: cleanLine(status.description, 1_024),
            },
          },
          details: { ...common.details, environment },
        }),
      ]
    : [];
}
