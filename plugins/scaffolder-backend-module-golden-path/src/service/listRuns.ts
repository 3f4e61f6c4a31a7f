import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { z } from 'zod';
import { RunTimes } from '../runs/RunTimes';

const taskSchema = z.object({
  id: z.string(),
  status: z.string(),
  createdAt: z.string(),
  createdBy: z.string().optional(),
  spec: z.object({
    parameters: z.looseObject({}).optional(),
    templateInfo: z
      .object({
        entityRef: z.string(),
        entity: z
          .object({ metadata: z.looseObject({ title: z.string().optional() }) })
          .optional(),
      })
      .optional(),
  }),
});

/**
 * A run, as lists show it.
 *
 * @internal
 */
export interface ListedRun {
  taskId: string;
  status: string;
  /** What it makes: the answer to the field `name`, where the form has one. */
  name?: string;
  template?: { ref: string; title?: string };
  /** Reference of who started it. */
  createdBy?: string;
  createdAt: string;
  /** When the last attempt began. */
  startedAt: string;
  endedAt?: string;
}

/**
 * The runs that somebody may see, the latest first. The scaffolder decides which
 * those are; its own list holds the whole template of each, and not when it ended.
 *
 * @internal
 */
export async function listRuns(options: {
  scaffolder: ScaffolderService;
  times: RunTimes;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  mine: boolean;
  limit: number;
  offset: number;
}): Promise<{ items: ListedRun[]; totalItems: number }> {
  const { scaffolder, times, credentials, mine, limit, offset } = options;
  const { items, totalItems } = await scaffolder.listTasks(
    {
      createdBy: mine ? credentials.principal.userEntityRef : undefined,
      limit,
      offset,
    },
    { credentials },
  );
  const tasks = items.map(task => taskSchema.parse(task));
  const known = await times.getTimes(tasks.map(({ id }) => id));
  return {
    totalItems,
    items: tasks.map(({ id, status, createdAt, createdBy, spec }) => {
      const { startedAt, endedAt, isCancelled } = known.get(id) ?? {};
      const name = spec.parameters?.name;
      return {
        taskId: id,
        // The scaffolder may report a run that was cancelled as failed
        status: isCancelled && status === 'failed' ? 'cancelled' : status,
        name: typeof name === 'string' ? name : undefined,
        template: spec.templateInfo && {
          ref: spec.templateInfo.entityRef,
          title: spec.templateInfo.entity?.metadata.title,
        },
        createdBy,
        createdAt,
        startedAt: startedAt?.toISOString() ?? createdAt,
        endedAt: endedAt?.toISOString(),
      };
    }),
  };
}
