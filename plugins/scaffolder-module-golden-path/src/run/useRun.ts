import { ResponseError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { goldenPathApiRef, type RunEvent } from '../api';
import { isOver, readRun, type Run } from './readRun';
import { useIsVisible } from './useIsVisible';

/** How often new lines of the log reach the page, in milliseconds. */
const FLUSH = 250;

/** Before the portal is asked again after it did not answer, in milliseconds. */
const RECONNECT = 3000;

/** Between two looks whether a run that stopped was retried, in milliseconds. */
const LOOK_AGAIN = 5000;

/**
 * A run, followed while it goes on and the page is visible. Of a run that is over
 * the log is read once, without a connection that stays: browsers allow six of
 * them to one address, over all tabs.
 *
 * @internal
 */
export function useRun(taskId: string): {
  run?: Run;
  /** What keeps the run, or what is new of it, from being shown. */
  error?: unknown;
  /** Looks anew, as after a retry. */
  refresh: () => void;
} {
  const scaffolderApi = useApi(scaffolderApiRef);
  const goldenPathApi = useApi(goldenPathApiRef);
  const isVisible = useIsVisible();
  const [attempt, setAttempt] = useState(0);
  const [known, setKnown] = useState<{
    task: ScaffolderTask;
    events: RunEvent[];
  }>();
  const [error, setError] = useState<unknown>();
  const refresh = useCallback(() => setAttempt(count => count + 1), []);

  useEffect(() => {
    if (!isVisible) {
      return undefined;
    }
    let isCurrent = true;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    let subscription: { unsubscribe(): void } | undefined;
    const later = (action: () => void, delay: number) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        action();
      }, delay);
      timers.add(timer);
    };

    const fail = (problem: unknown) => {
      if (!isCurrent) {
        return;
      }
      setError(problem);
      // One that says no will say no again
      if (!(problem instanceof ResponseError && problem.statusCode < 500)) {
        later(refresh, RECONNECT);
      }
    };

    const watchForRetry = (status: string) =>
      later(async () => {
        const task = await scaffolderApi.getTask(taskId).catch(() => undefined);
        if (isCurrent) {
          if (task && task.status !== status) {
            refresh();
          } else {
            watchForRetry(status);
          }
        }
      }, LOOK_AGAIN);

    const stream = (task: ScaffolderTask) => {
      const events: RunEvent[] = [];
      let current = task;
      let isWaiting = false;
      const show = () => {
        isWaiting = false;
        if (isCurrent) {
          setKnown({ task: current, events: [...events] });
        }
      };
      subscription = scaffolderApi.streamLogs({ taskId }).subscribe({
        next: event => {
          events.push(event);
          if (event.type === 'completion') {
            subscription?.unsubscribe();
            // Only the task tells how it ended
            scaffolderApi.getTask(taskId).then(ended => {
              current = ended;
              show();
              if (isCurrent && ended.status !== 'completed') {
                watchForRetry(ended.status);
              }
            }, fail);
          } else if (!isWaiting) {
            isWaiting = true;
            later(show, FLUSH);
          }
        },
        error: fail,
      });
    };

    const load = async () => {
      const task = await scaffolderApi.getTask(taskId);
      const events = isOver(task) ? await goldenPathApi.getEvents(taskId) : [];
      if (!isCurrent) {
        return;
      }
      setError(undefined);
      if (isOver(task)) {
        setKnown({ task, events });
        if (task.status !== 'completed') {
          watchForRetry(task.status);
        }
      } else {
        setKnown(before =>
          // What is on the page stays until the log has been read again
          before && !isOver(before.task) ? before : { task, events },
        );
        stream(task);
      }
    };
    load().catch(fail);

    return () => {
      isCurrent = false;
      timers.forEach(clearTimeout);
      subscription?.unsubscribe();
    };
  }, [scaffolderApi, goldenPathApi, taskId, isVisible, attempt, refresh]);

  const run = useMemo(
    () => known && readRun(known.task, known.events),
    [known],
  );
  return { run, error, refresh };
}
