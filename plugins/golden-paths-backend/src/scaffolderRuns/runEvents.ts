import {
  CdEvent,
  SCAFFOLDER_SOURCE,
} from '@waymark/plugin-golden-paths-common';
import { IncomingEvent } from '../events/EventIntake';
import { isPublishing } from './readRun';
import { ScaffolderRun } from './ScaffolderRun';

const OUTCOMES: Partial<Record<ScaffolderRun['status'], string>> = {
  completed: 'success',
  failed: 'failure',
  cancelled: 'cancel',
};

/**
 * What a run says of the entity it is about. The ids are the same whenever they are
 * made, so that each event is kept once; there are none before the entity is known.
 *
 * @param options - `appUrl`: of the portal, for addresses of pages
 * @internal
 */
export function runEvents(
  run: ScaffolderRun,
  options: { appUrl: string },
): IncomingEvent[] {
  const { entityRef, taskId } = run;
  if (entityRef === undefined) {
    return [];
  }
  const event = (
    type: string,
    name: string,
    at: number,
    subject: { id: string; content: Record<string, unknown> },
    customData: Record<string, unknown> = {},
  ): IncomingEvent => ({
    event: {
      context: {
        specversion: '0.5.1',
        id: `${taskId}-${name}`,
        source: SCAFFOLDER_SOURCE,
        type: `dev.cdevents.${type}.0.3.0`,
        timestamp: new Date(at).toISOString(),
      },
      subject,
      customData: {
        run: taskId,
        template: run.templateRef,
        requestedBy: run.createdBy,
        creates: run.creates,
        ...customData,
      },
    } satisfies CdEvent,
    entityRef,
    receivedFrom: 'plugin:scaffolder',
    observed: true,
    sample: false,
  });
  const pipeline = {
    pipelineName: run.templateRef,
    uri: `${options.appUrl}/create/tasks/${taskId}`,
  };

  // The first attempt and the last one; what lies between, nobody knows any more
  const events = [...new Set([run.createdAt, run.startedAt])].map(at =>
    event('pipelinerun.started', `${at}-started`, at, {
      id: taskId,
      content: pipeline,
    }),
  );
  const outcome = OUTCOMES[run.status];
  if (run.endedAt !== undefined && outcome) {
    events.push(
      event(
        'pipelinerun.finished',
        `${run.startedAt}-finished`,
        run.endedAt,
        {
          id: taskId,
          content: {
            ...pipeline,
            outcome,
            ...(run.error && { errors: run.error }),
          },
        },
        { failedStep: run.failedStep?.id },
      ),
    );
  }

  const published = run.steps.find(
    ({ action, status }) => isPublishing(action) && status === 'completed',
  );
  if (run.repositoryUrl && published?.endedAt !== undefined) {
    events.push(
      event('repository.created', 'repository', published.endedAt, {
        id: run.repositoryUrl,
        content: {
          name: nameOf(run.repositoryUrl),
          uri: run.repositoryUrl,
          viewUrl: run.repositoryUrl,
        },
      }),
    );
  }
  if (run.status === 'completed' && run.endedAt !== undefined) {
    for (const { id, name, url } of run.environments) {
      events.push(
        event(
          'environment.created',
          `environment-${id}`,
          run.endedAt,
          { id, content: { ...(name && { name }), ...(url && { uri: url }) } },
          { requestedAt: new Date(run.createdAt).toISOString() },
        ),
      );
    }
  }
  return events;
}

function nameOf(url: string): string {
  return (
    new URL(url).pathname
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .split('/')
      .pop() || url
  );
}
