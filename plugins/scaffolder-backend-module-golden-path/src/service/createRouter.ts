import {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  taskCancelPermission,
  taskCreatePermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { GoldenPathChecks } from '../checks/GoldenPathChecks';
import { DeliveryStore } from '../deliver/DeliveryStore';
import { ProposalStore } from '../propose/ProposalStore';
import { RunStore } from '../runs/RunStore';
import { RunUndoer } from '../runs/RunUndoer';
import { describeRun, RunView } from './describeRun';
import { parse } from './parse';

const BASE = '/golden-path';

/** Longer than any value that could be right. */
const MAX_FIELD_LENGTH = 1000;

const field = z.string().max(MAX_FIELD_LENGTH).optional();
const checksQuery = z.strictObject({
  name: field,
  owner: field,
  system: field,
  description: field,
  repositoryUrl: field,
});

const taskIdParam = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);

/** What the scaffolder gives; a database that knows the type takes no other. */
const TASK_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const taskSchema = z.object({
  id: z.string(),
  status: z.string(),
  createdBy: z.string().optional(),
});

type Task = z.infer<typeof taskSchema>;

/** The states of a task in which nothing works on it. */
const OVER = ['failed', 'cancelled'];

/**
 * The routes beside the scaffolder's own. A module's routes come before those
 * of its plugin, so these keep to a path of their own.
 *
 * @internal
 */
export function createRouter(options: {
  auditor: AuditorService;
  checks: GoldenPathChecks;
  deliveries: DeliveryStore;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  proposals: ProposalStore;
  scaffolder: ScaffolderService;
  store: RunStore;
  undoer: RunUndoer;
}): express.Router {
  const { auditor, checks, httpAuth, permissions, scaffolder } = options;
  const { deliveries, proposals, store, undoer } = options;
  const router = Router();

  router.get(`${BASE}/checks`, async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    // Only those who may start a run have a use for this, and it tells of
    // repositories
    const [decision] = await permissions.authorize(
      [{ permission: taskCreatePermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('You may not start runs');
    }
    const { errors } = await checks.check(parse(checksQuery, req.query), {
      credentials,
    });
    res.json({ valid: errors.length === 0, errors });
  });

  router.get(`${BASE}/runs/:taskId`, async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const taskId = readTaskId(req.params.taskId);
    res.json(await view(taskId, credentials));
  });

  router.post(`${BASE}/runs/:taskId/undo`, async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const taskId = readTaskId(req.params.taskId);
    const event = await auditor.createEvent({
      eventId: 'golden-path-undo',
      severityLevel: 'high',
      request: req,
      meta: { taskId },
    });
    try {
      const task = await readTask(taskId, credentials);
      const refusal = await refusalFor(task, credentials);
      if (refusal) {
        throw refusal;
      }
      const entries = await undoer.undo({
        taskId,
        isOver: async () =>
          OVER.includes((await readTask(taskId, credentials)).status),
      });
      await event.success({
        meta: { repositories: entries.map(entry => entry.url) },
      });
      res.json(await view(taskId, credentials));
    } catch (error) {
      await event.fail({
        error: isError(error) ? error : new Error(String(error)),
      });
      throw error;
    }
  });

  /** The scaffolder decides who may see a task. */
  async function readTask(
    taskId: string,
    credentials: BackstageCredentials,
  ): Promise<Task> {
    // Its type keeps quiet about who created the task
    return taskSchema.parse(
      await scaffolder.getTask({ taskId }, { credentials }),
    );
  }

  async function view(
    taskId: string,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<RunView> {
    const task = await readTask(taskId, credentials);
    const [entries, delivered, proposed] = await Promise.all([
      store.list({ taskId }),
      deliveries.list({ taskId }),
      proposals.list({ taskId }),
    ]);
    const refusal = await refusalFor(task, credentials);
    return describeRun({
      task,
      entries,
      deliveries: delivered,
      proposed,
      objection:
        refusal?.message ??
        (await undoer.objection(entries, { delivered, proposed })),
    });
  }

  /** Why this person may not undo this run now. */
  async function refusalFor(
    task: Task,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Error | undefined> {
    if (task.createdBy !== credentials.principal.userEntityRef) {
      return new NotAllowedError('Only who started a run may undo it');
    }
    const [decision] = await permissions.authorize(
      [{ permission: taskCancelPermission, resourceRef: task.id }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      return new NotAllowedError('You may not cancel runs, nor undo them');
    }
    if (!OVER.includes(task.status)) {
      return new InputError(
        task.status === 'completed'
          ? 'The run ended well; delete the repository on its host instead'
          : 'The run goes on; cancel it or wait until it has ended',
      );
    }
    return undefined;
  }

  return router;
}

function readTaskId(value: unknown): string {
  const taskId = parse(taskIdParam, value);
  if (!TASK_ID.test(taskId)) {
    throw new NotFoundError(`There is no run ${taskId}`);
  }
  return taskId;
}
