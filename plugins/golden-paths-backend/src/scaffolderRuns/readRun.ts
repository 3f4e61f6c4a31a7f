import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { redact } from './redact';
import {
  ProposedUpgrade,
  RunStatus,
  RunStep,
  ScaffolderRun,
} from './ScaffolderRun';
import { outputSchema, Task, TaskLog, TaskOutput } from './taskSchemas';

const STATUSES: readonly string[] = [
  'open',
  'processing',
  'completed',
  'failed',
  'cancelled',
] satisfies RunStatus[];

/**
 * A run out of what the scaffolder says of its task.
 *
 * @internal
 */
export function readRun(task: Task, logs: TaskLog): ScaffolderRun {
  const { spec } = task;
  const createdAt = Date.parse(task.createdAt);
  const recoveries = logs.filter(({ type }) => type === 'recovered');
  const completion = logs.findLast(({ type }) => type === 'completion');
  const cancelled = logs.findLast(({ type }) => type === 'cancelled');
  const output = outputSchema.parse(completion?.body.output ?? {});
  const steps = readSteps(task, logs);
  const creates = spec.steps.some(({ action }) => isPublishing(action));
  const status = readStatus(task, {
    isOver: completion !== undefined,
    isCancelled: cancelled !== undefined,
  });
  const isOver = status !== 'open' && status !== 'processing';
  const failed =
    status === 'failed'
      ? steps.findLast(step => step.status === 'failed')
      : undefined;

  return {
    taskId: task.id,
    templateRef: readRef(spec.templateInfo?.entityRef, 'Template'),
    name: spec.parameters.name,
    ownerRef: readRef(spec.parameters.owner, 'Group'),
    createdBy: task.createdBy,
    leftOut: spec.parameters.leftOut?.map(({ part }) => part),
    creates,
    entityRef: entityOf(output),
    repositoryUrl: creates ? repositoryOf(output) : undefined,
    upgrade: upgradeOf(task, output),
    environments: output.environments,
    status,
    attempts: 1 + recoveries.length,
    createdAt,
    startedAt: recoveries.length
      ? Date.parse(recoveries[recoveries.length - 1].createdAt)
      : createdAt,
    endedAt: isOver
      ? Date.parse((completion ?? cancelled)?.createdAt ?? task.createdAt)
      : undefined,
    steps,
    failedStep: failed && { id: failed.id, name: failed.name },
    error:
      status === 'failed' && completion?.body.error
        ? redact(completion.body.error.message)
        : undefined,
  };
}

/** Whether a step makes a repository, and does not only propose a change to one. */
export function isPublishing(action: string | undefined): boolean {
  return (
    action === 'golden-path:publish' ||
    (/^publish:/.test(action ?? '') &&
      !/pull-request|merge-request/.test(action ?? ''))
  );
}

function readStatus(
  task: Task,
  logs: { isOver: boolean; isCancelled: boolean },
): RunStatus {
  const known = STATUSES.includes(task.status)
    ? (task.status as RunStatus)
    : 'processing';
  // The scaffolder may say that a run which was cancelled failed
  if (logs.isCancelled && (known === 'failed' || logs.isOver)) {
    return 'cancelled';
  }
  return known;
}

function readSteps(task: Task, logs: TaskLog): RunStep[] {
  const steps = new Map<string, RunStep>(
    task.spec.steps.map(({ id, name, action }) => [
      id,
      { id, name: name || id, action, status: 'open' },
    ]),
  );
  for (const { type, createdAt, body } of logs) {
    const step = type === 'log' && body.stepId && steps.get(body.stepId);
    const at = Date.parse(createdAt);
    if (step && body.status === 'processing') {
      steps.set(step.id, {
        ...step,
        status: 'processing',
        startedAt: at,
        endedAt: undefined,
      });
    } else if (
      step &&
      (body.status === 'completed' ||
        body.status === 'failed' ||
        body.status === 'skipped')
    ) {
      steps.set(step.id, { ...step, status: body.status, endedAt: at });
    }
  }
  return [...steps.values()];
}

/** A component rather than anything else that came with it. */
function entityOf(output: TaskOutput): string | undefined {
  const refs = [output.entityRef, ...output.links.map(link => link.entityRef)]
    .map(ref => readRef(ref, 'Component'))
    .filter(ref => ref !== undefined);
  return refs.find(ref => ref.startsWith('component:')) ?? refs[0];
}

/** Without a proposal there was nothing to upgrade. */
function upgradeOf(
  { spec }: Task,
  { changeUrl, version }: TaskOutput,
): ProposedUpgrade | undefined {
  const entityRef = readRef(spec.parameters.component, 'Component');
  if (
    entityRef === undefined ||
    !spec.steps.some(({ action }) => action === 'golden-path:upgrade')
  ) {
    return undefined;
  }
  return changeUrl === undefined
    ? { entityRef }
    : { entityRef, version, url: changeUrl };
}

function repositoryOf(output: TaskOutput): string | undefined {
  return (
    output.repositoryUrl ??
    output.links.find(({ title }) => /^repository$/i.test(title ?? ''))?.url ??
    output.remoteUrl
  );
}

function readRef(
  ref: string | undefined,
  defaultKind: string,
): string | undefined {
  try {
    return ref && stringifyEntityRef(parseEntityRef(ref, { defaultKind }));
  } catch {
    return undefined;
  }
}
