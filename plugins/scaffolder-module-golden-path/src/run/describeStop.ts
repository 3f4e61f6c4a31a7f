import type { GoldenPathRun } from '../api';
import type { Run } from './readRun';

/** Class names and field prefixes that only mean something to programmers. */
const ERROR_NAME = /^(?:[A-Z][A-Za-z]*(?:Error|Exception)|Error): /;

/** The step that looks at the answers before anything is made. */
const CHECK = 'golden-path:check';

/**
 * Says in plain words where a run stopped and why, and what to do about it.
 *
 * @internal
 */
export function describeStop(options: {
  run: Run;
  goldenPathRun?: GoldenPathRun;
  /** Whether the reader may go on with it. */
  mayRetry: boolean;
}): { title: string; reason: string; advice?: string } {
  const { run, goldenPathRun, mayRetry } = options;
  const stepName = run.stoppedAt && `“${run.stoppedAt.name}”`;
  const stands = goldenPathRun?.created.some(({ state }) => state !== 'undone');

  if (run.state === 'cancelled') {
    return {
      title: stepName
        ? `This run was cancelled at the step ${stepName}`
        : 'This run was cancelled',
      reason: 'Steps that were finished before stay as they are.',
    };
  }

  let reason = run.errorMessage ?? 'The log of the step tells more.';
  while (ERROR_NAME.test(reason)) {
    reason = reason.replace(ERROR_NAME, '');
  }
  reason = shortenRepeated(reason);
  let advice: string | undefined;
  if (mayRetry && run.stoppedAt?.action === CHECK) {
    advice =
      'Nothing has been made yet. Change the answers, or retry once the reason is gone.';
  } else if (mayRetry && stands) {
    advice =
      'Retry once the reason is gone: it goes on from this step, with the same answers. Or undo what has been made so far, and leave it.';
  } else if (mayRetry) {
    advice =
      'Retry once the reason is gone, with the same answers, or change them.';
  }
  return {
    title: stepName
      ? `This run failed at the step ${stepName}`
      : 'This run failed',
    reason,
    advice,
  };
}

/** An address is told in full once; where it stands again, its end is enough. */
function shortenRepeated(text: string): string {
  const told = new Set<string>();
  return text.replace(/https?:\/\/[^\s'"<>()]*[^\s'"<>().,:;]/g, address => {
    if (!told.has(address)) {
      told.add(address);
      return address;
    }
    return `…/${address.replace(/\/+$/, '').split('/').at(-1)}`;
  });
}
