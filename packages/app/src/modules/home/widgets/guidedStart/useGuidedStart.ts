import { useApi } from '@backstage/frontend-plugin-api';
import { visitsApiRef } from '@backstage/plugin-home';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { useEffect, useMemo, useRef } from 'react';
import { z } from 'zod/v4';
import { usePersonal } from '../../personal/usePersonal';
import { STEPS, type Step } from './steps';

/** The latest runs are enough to see that there was one. */
const RUNS = 10;
/** All that are kept. */
const VISITS = 100;

const stored = z.object({ done: z.array(z.string()) }).catch({ done: [] });

/** The steps that are done: kept, since visits are forgotten some day. */
type Progress = { done: string[] };

const parseProgress = (value: unknown): Progress => stored.parse(value);

/** A step, and whether the reader has taken it. */
export type TickedStep = Step & { isTicked: boolean };

/**
 * The steps for this reader, undefined until known. They are ticked off by what
 * the reader has really done.
 */
export function useGuidedStart(options: {
  userEntityRef: string;
  hasArranged: boolean;
}): {
  steps?: TickedStep[];
  /** Whether all of them had been taken before this visit. */
  wasDone: boolean;
} {
  const { userEntityRef, hasArranged } = options;
  const visitsApi = useApi(visitsApiRef);
  const scaffolderApi = useApi(scaffolderApiRef);
  const { loading, allowed: mayCreate } = usePermission({
    permission: taskCreatePermission,
  });
  const { value: progress, save } = usePersonal<Progress>({
    key: 'guided-start',
    userEntityRef,
    parse: parseProgress,
  });
  const steps = useMemo(
    () =>
      loading
        ? undefined
        : STEPS.filter(({ needsCreate }) => mayCreate || !needsCreate),
    [loading, mayCreate],
  );

  useEffect(() => {
    let isCurrent = true;
    const open = (steps ?? []).filter(
      ({ id }) => progress && !progress.done.includes(id),
    );
    async function look() {
      const [visits, { tasks }] = await Promise.all([
        visitsApi.list({ limit: VISITS }),
        open.some(({ needsCreate }) => needsCreate)
          ? scaffolderApi.listTasks({ filterByOwnership: 'owned', limit: RUNS })
          : { tasks: [] },
      ]);
      const taken = open.filter(({ isDone }) =>
        isDone({ visits, tasks, hasArranged }),
      );
      if (isCurrent && progress && taken.length > 0) {
        await save({ done: [...progress.done, ...taken.map(({ id }) => id)] });
      }
    }
    if (open.length > 0) {
      // What cannot be looked up now stays open, and is looked up the next time
      look().catch(() => undefined);
    }
    return () => {
      isCurrent = false;
    };
  }, [steps, progress, save, visitsApi, scaffolderApi, hasArranged]);

  const ticked =
    progress &&
    steps?.map(step => ({
      ...step,
      isTicked: progress.done.includes(step.id),
    }));
  const wasDone = useRef<boolean>();
  if (ticked && wasDone.current === undefined) {
    wasDone.current = ticked.every(({ isTicked }) => isTicked);
  }
  return { steps: ticked, wasDone: wasDone.current ?? false };
}
