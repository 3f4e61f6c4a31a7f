import type { StoppedRun } from './useGoldenPathRun';

/**
 * Whether somebody cancelled the run, which the scaffolder may still report as
 * failed.
 *
 * @internal
 */
export function isCancelled({ task, failure }: StoppedRun): boolean {
  return task.status === 'cancelled' || failure.cancelled === true;
}

/** Class names and field prefixes that only mean something to programmers. */
const ERROR_NAME = /^(?:[A-Z][A-Za-z]*(?:Error|Exception)|Error): /;

/**
 * Says in plain words where a run stopped and why.
 *
 * @internal
 */
export function describeStop(options: StoppedRun): {
  title: string;
  reason: string;
} {
  const { task, failure } = options;
  const step = task.spec.steps.find(({ id }) => id === failure.stepId);
  const stepName = step && `“${step.name}”`;

  if (isCancelled(options)) {
    return {
      title: stepName
        ? `This run was cancelled at the step ${stepName}`
        : 'This run was cancelled',
      reason: 'Steps that were finished before stay as they are.',
    };
  }

  let reason = failure.message ?? 'The log below tells more.';
  while (ERROR_NAME.test(reason)) {
    reason = reason.replace(ERROR_NAME, '');
  }
  return {
    title: stepName
      ? `This run failed at the step ${stepName}`
      : 'This run failed',
    reason,
  };
}
