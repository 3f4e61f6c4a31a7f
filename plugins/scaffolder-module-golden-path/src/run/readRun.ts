import type {
  ScaffolderTask,
  ScaffolderTaskOutput,
} from '@backstage/plugin-scaffolder-common';
import type { RunEvent } from '../api';

/**
 * How far a step has come. `waiting` also stands for those that a run which
 * stopped never came to.
 *
 * @internal
 */
export type StepState =
  | 'waiting'
  | 'running'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'skipped';

/** @internal */
export interface RunStep {
  id: string;
  name: string;
  action: string;
  state: StepState;
  /** In ISO 8601. */
  startedAt?: string;
  endedAt?: string;
  /** Done before the attempt that this is, and not repeated. */
  isEarlier: boolean;
  log: Array<{ at: string; message: string }>;
}

/**
 * Where a run stands.
 *
 * - `queued`: nobody works on it yet
 * - `cancelling`: somebody cancelled it, and it has not stopped yet
 *
 * @internal
 */
export type RunState =
  | 'queued'
  | 'running'
  | 'cancelling'
  | 'done'
  | 'failed'
  | 'cancelled';

/**
 * A run, as people read it.
 *
 * @internal
 */
export interface Run {
  task: ScaffolderTask;
  state: RunState;
  startedAt: string;
  endedAt?: string;
  steps: RunStep[];
  output?: ScaffolderTaskOutput;
  /** The step it stopped at, when the log tells. */
  stoppedAt?: RunStep;
  /** The error's message as the backend gave it. */
  errorMessage?: string;
}

const OVER = ['completed', 'failed', 'cancelled', 'skipped'];

/**
 * Whether nothing works on a task any longer.
 *
 * @internal
 */
export function isOver(task: ScaffolderTask): boolean {
  return OVER.includes(task.status);
}

/** Colours for terminals, as some actions write them into their log. */
// eslint-disable-next-line no-control-regex
const ANSI = /\u001b\[[0-9;]*m/g;

/**
 * Reads a run out of what the scaffolder keeps of it: the task, and its events in
 * their order. Events from before the last retry are passed over.
 *
 * @internal
 */
export function readRun(task: ScaffolderTask, events: RunEvent[]): Run {
  const retried = events.map(({ type }) => type).lastIndexOf('recovered');
  const attempt = events.slice(retried + 1);

  const steps: RunStep[] = task.spec.steps.map(({ id, name, action }) => ({
    id,
    name: name || id,
    action,
    state: 'waiting',
    isEarlier: false,
    log: [],
  }));
  const byId = new Map(steps.map(step => [step.id, step]));
  let completion: RunEvent | undefined;
  let wasCancelled = false;

  for (const event of attempt) {
    const { type, body, createdAt } = event;
    if (type === 'completion') {
      completion = event;
    } else if (type === 'cancelled') {
      wasCancelled = true;
    } else if (type === 'log') {
      const step = body.stepId ? byId.get(body.stepId) : undefined;
      if (step) {
        follow(step, event);
        step.log.push({
          at: createdAt,
          message: (body.message ?? '').replace(ANSI, ''),
        });
      }
    }
  }

  const over = isOver(task);
  const state = readState({ task, over, wasCancelled, attempt });
  if (over) {
    // Left behind by a run that was stopped in the middle of it
    for (const step of steps.filter(({ state: s }) => s === 'running')) {
      step.state = state === 'cancelled' ? 'cancelled' : 'failed';
      step.endedAt = completion?.createdAt;
    }
  }
  if (state === 'cancelled') {
    // A step that was aborted fails, and nobody wants to know that of it
    for (const step of steps.filter(({ state: s }) => s === 'failed')) {
      step.state = 'cancelled';
    }
  }

  return {
    task,
    state,
    startedAt: events[retried]?.createdAt ?? task.createdAt,
    endedAt: over ? completion?.createdAt : undefined,
    steps,
    output: completion?.body.output,
    stoppedAt: steps.find(step => ['failed', 'cancelled'].includes(step.state)),
    errorMessage: completion?.body.error?.message ?? completion?.body.message,
  };
}

function readState(options: {
  task: ScaffolderTask;
  over: boolean;
  wasCancelled: boolean;
  attempt: RunEvent[];
}): RunState {
  const { task, over, wasCancelled, attempt } = options;
  if (task.status === 'completed') {
    return 'done';
  }
  if (over) {
    // The scaffolder may report a run that was cancelled as failed
    return wasCancelled || task.status === 'cancelled' ? 'cancelled' : 'failed';
  }
  if (wasCancelled) {
    return 'cancelling';
  }
  return task.status === 'open' && attempt.length === 0 ? 'queued' : 'running';
}

function follow(step: RunStep, { body, createdAt }: RunEvent) {
  switch (body.status) {
    case 'processing':
      step.state = 'running';
      step.startedAt ??= createdAt;
      break;
    case 'completed':
      step.state = 'done';
      step.isEarlier = step.startedAt === undefined;
      step.endedAt = createdAt;
      break;
    case 'failed':
    case 'cancelled':
    case 'skipped':
      step.state = body.status;
      step.endedAt = createdAt;
      break;
    default:
  }
}
