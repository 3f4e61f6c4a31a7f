import { CdEvent } from '@waymark/plugin-golden-paths-common';
import { cleanLine, cleanUrl } from '../cleanText';
import { createEvent } from '../createEvent';
import { PayloadOf } from './payloads';

const OUTCOMES: Record<string, string> = {
  success: 'success',
  failure: 'failure',
  startup_failure: 'error',
  timed_out: 'error',
  cancelled: 'cancel',
};

/**
 * The beginning and the end of a run. One that was skipped, or that waits for
 * somebody, has come to no end.
 *
 * @internal
 */
export function translateWorkflowRun(
  payload: PayloadOf<'workflow_run'>,
): CdEvent[] {
  const { action, workflow_run: run, repository } = payload;
  const url = repository.html_url;
  const attempt = `${run.id}/${run.run_attempt}`;
  const page = cleanUrl(run.html_url);
  const common = {
    source: `${url}/actions`,
    details: {
      revision: run.head_sha,
      url: page,
      repository: url,
      branch: cleanLine(run.head_branch, 255),
      trigger: cleanLine(run.event, 255),
    },
  };
  const subject = {
    id: `${repository.full_name}/actions/runs/${attempt}`,
    source: url,
  };
  const content = {
    pipelineName: cleanLine(run.name || run.path, 255) ?? 'workflow',
    uri: page ?? url,
  };

  if (action === 'in_progress') {
    return [
      createEvent({
        ...common,
        name: 'pipelinerun.started',
        id: `workflow-run/${attempt}/started`,
        at: run.run_started_at ?? run.created_at,
        subject: { ...subject, content },
      }),
    ];
  }
  const outcome = OUTCOMES[run.conclusion ?? ''];
  return action === 'completed' && outcome
    ? [
        createEvent({
          ...common,
          name: 'pipelinerun.finished',
          id: `workflow-run/${attempt}/finished`,
          at: run.updated_at,
          subject: { ...subject, content: { ...content, outcome } },
        }),
      ]
    : [];
}
