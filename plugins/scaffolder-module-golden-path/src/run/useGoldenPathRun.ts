import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { goldenPathApiRef, type GoldenPathRun } from '../api';
import { isOver, type Run } from './readRun';

/** Prefix of the golden path's actions, which tells its runs from all others. */
const ACTION_PREFIX = 'golden-path:';

/**
 * Whether a run is one of a golden path.
 *
 * @internal
 */
function isGoldenPathRun(run: Run): boolean {
  return run.steps.some(({ action }) => action.startsWith(ACTION_PREFIX));
}

/**
 * What a golden-path run that is over made outside the portal.
 *
 * @internal
 */
export function useGoldenPathRun(run: Run | undefined): {
  goldenPathRun?: GoldenPathRun;
  /** False until it is known what the run made. */
  isKnown: boolean;
  /** Takes over what an undo answered. */
  replace: (goldenPathRun: GoldenPathRun) => void;
} {
  const goldenPathApi = useApi(goldenPathApiRef);
  const [answer, setAnswer] = useState<{
    key: string;
    value?: GoldenPathRun;
  }>();

  const isAsked = run && isOver(run.task) && isGoldenPathRun(run);
  // Another answer after every attempt
  const key = isAsked ? `${run.task.id} ${run.startedAt}` : undefined;
  const taskId = run?.task.id;
  useEffect(() => {
    let isCurrent = true;
    if (key && taskId) {
      goldenPathApi
        .getRun(taskId)
        // The page without it is better than none
        .catch(() => undefined)
        .then(value => isCurrent && setAnswer({ key, value }));
    }
    return () => {
      isCurrent = false;
    };
  }, [goldenPathApi, key, taskId]);

  return {
    goldenPathRun: key && answer?.key === key ? answer.value : undefined,
    isKnown: !key || answer?.key === key,
    replace: value => key && setAnswer({ key, value }),
  };
}
