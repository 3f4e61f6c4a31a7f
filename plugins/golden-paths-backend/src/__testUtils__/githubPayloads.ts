import {
  DeploymentStatusCreatedEvent,
  IssuesOpenedEvent,
  PullRequestClosedEvent,
  WorkflowRunCompletedEvent,
} from '@octokit/webhooks-types';

/** What GitHub sends, as far as anybody looks at it; of the types that it publishes. */
type Part<T> = T extends (infer TItem)[]
  ? Part<TItem>[]
  : T extends object
  ? { [K in keyof T]?: Part<T[K]> }
  : T;

const repository = (name: string) => ({
  id: 1296269,
  name: name.split('/')[1],
  full_name: name,
  html_url: `https://github.com/${name}`,
  default_branch: 'main',
  private: true,
});
const SHA = '4f2c1a9be0d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3';

export function deploymentStatus(
  options: {
    id?: number;
    state?: string;
    environment?: string;
    repository?: string;
    task?: string;
  } = {},
): Part<DeploymentStatusCreatedEvent> {
  const { id = 7_001, repository: name = 'kestrelvale-rail/fares' } = options;
  return {
    action: 'created',
    deployment_status: {
      id,
      state: (options.state ?? 'success') as 'success',
      description: 'Ready: 3 of 3',
      environment: options.environment ?? 'production',
      environment_url: 'https://fares.kestrelvale.example',
      log_url: `https://github.com/${name}/actions/runs/99/job/1`,
      target_url: '',
      created_at: '2026-10-05T08:31:12Z',
      updated_at: '2026-10-05T08:31:12Z',
    },
    deployment: {
      id: 501,
      sha: SHA,
      ref: 'main',
      task: options.task ?? 'deploy',
      environment: options.environment ?? 'production',
      created_at: '2026-10-05T08:30:00Z',
    },
    repository: repository(name),
  };
}

export function workflowRun(
  options: { action?: string; conclusion?: string | null } = {},
): Part<WorkflowRunCompletedEvent> {
  return {
    action: (options.action ?? 'completed') as 'completed',
    workflow_run: {
      id: 99,
      run_attempt: 2,
      name: 'Pipeline',
      path: '.github/workflows/pipeline.yaml',
      html_url: 'https://github.com/kestrelvale-rail/fares/actions/runs/99',
      head_sha: SHA,
      head_branch: 'main',
      event: 'push',
      status: 'completed',
      conclusion:
        options.conclusion === undefined
          ? 'success'
          : (options.conclusion as 'success'),
      created_at: '2026-10-05T08:20:00Z',
      run_started_at: '2026-10-05T08:25:00Z',
      updated_at: '2026-10-05T08:29:30Z',
    },
    repository: repository('kestrelvale-rail/fares'),
  };
}

export function pullRequest(
  options: { action?: string; merged?: boolean; base?: string } = {},
): Part<PullRequestClosedEvent> {
  const { action = 'closed', merged = true, base = 'main' } = options;
  const closed = action === 'closed' ? '2026-10-05T08:19:00Z' : null;
  return {
    action: action as 'closed',
    number: 12,
    pull_request: {
      id: 880_001,
      number: 12,
      title: 'Round fares\nto full pence',
      html_url: 'https://github.com/kestrelvale-rail/fares/pull/12',
      created_at: '2026-10-04T14:00:00Z',
      closed_at: closed as string,
      merged_at: merged ? closed : null,
      merged,
      merge_commit_sha: SHA,
      base: { ref: base },
      head: { sha: 'a'.repeat(40), ref: 'rounding' },
    },
    repository: repository('kestrelvale-rail/fares'),
  };
}

export function issue(
  options: {
    action?: string;
    repository?: string;
    labels?: string[];
    body?: string;
    number?: number;
  } = {},
): Part<IssuesOpenedEvent> {
  const {
    action = 'opened',
    repository: name = 'kestrelvale-rail/fares',
    number = 5,
  } = options;
  return {
    action: action as 'opened',
    issue: {
      id: 330_000 + number,
      number,
      title: 'Fares are negative',
      body: options.body ?? 'Since this morning',
      html_url: `https://github.com/${name}/issues/${number}`,
      state: (action === 'closed' ? 'closed' : 'open') as 'open',
      created_at: '2026-10-05T09:00:00Z',
      closed_at: (action === 'closed' ? '2026-10-05T10:30:00Z' : null) as null,
      user: { login: 'joel-hartwig' },
      labels: (options.labels ?? []).map(label => ({ name: label })),
    },
    repository: repository(name),
  };
}
