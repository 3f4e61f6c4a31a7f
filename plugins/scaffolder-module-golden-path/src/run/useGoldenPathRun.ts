import { ResponseError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { useCallback, useEffect, useState } from 'react';
import { goldenPathApiRef, type GoldenPathRun, type RunFailure } from '../api';

/** Between two looks at a run that is under way or may be retried, in milliseconds. */
const INTERVAL = 1500;

/** Prefix of the golden path's actions, which tells its runs from all others. */
const ACTION_PREFIX = 'golden-path:';

/**
 * An unreachable backend is asked again, one that knows no such run is not; the
 * page itself reports both.
 */
function afterError(error: unknown): 'again' | 'enough' {
  return error instanceof ResponseError && error.statusCode < 500
    ? 'enough'
    : 'again';
}

/**
 * A golden-path run that came to a stop before its end.
 *
 * @internal
 */
export interface StoppedRun {
  task: ScaffolderTask;
  run: GoldenPathRun;
  failure: RunFailure;
}

/**
 * Watches a run and answers once, and as long as, it is failed or cancelled.
 *
 * Asks instead of opening one more event stream: the scaffolder's page holds
 * several already, and browsers allow six connections to one address.
 *
 * @internal
 */
export function useGoldenPathRun(taskId: string): {
  stopped?: StoppedRun;
  /** Takes over what an undo answered, or forgets the stop after a retry. */
  replaceRun: (run: GoldenPathRun | undefined) => void;
} {
  const scaffolderApi = useApi(scaffolderApiRef);
  const goldenPathApi = useApi(goldenPathApiRef);
  const [stopped, setStopped] = useState<StoppedRun>();

  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let reported = false;

    const look = async (): Promise<'again' | 'enough'> => {
      const task = await scaffolderApi.getTask(taskId);
      const isGoldenPath = task.spec.steps.some(({ action }) =>
        action.startsWith(ACTION_PREFIX),
      );
      if (!isGoldenPath || task.status === 'completed') {
        setStopped(undefined);
        return 'enough';
      }
      if (task.status !== 'failed' && task.status !== 'cancelled') {
        reported = false;
        setStopped(undefined);
        return 'again';
      }
      if (!reported) {
        const [run, failure] = await Promise.all([
          goldenPathApi.getRun(taskId),
          goldenPathApi.getFailure(taskId),
        ]);
        if (!run) {
          return 'enough';
        }
        reported = true;
        if (isCurrent) {
          setStopped({ task, run, failure });
        }
      }
      // A retry from elsewhere sets it going again
      return 'again';
    };

    const watch = async () => {
      const next = document.hidden ? 'again' : await look().catch(afterError);
      if (isCurrent && next === 'again') {
        timer = setTimeout(watch, INTERVAL);
      }
    };
    watch();

    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [scaffolderApi, goldenPathApi, taskId]);

  const replaceRun = useCallback(
    (run: GoldenPathRun | undefined) =>
      setStopped(current => (run && current ? { ...current, run } : undefined)),
    [],
  );

  return { stopped, replaceRun };
}
