import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, isError, NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { JsonObject } from '@backstage/types';
import express, { Request, Response } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { RepositoryHosts } from '../hosts/RepositoryHosts';
import { findGenerated } from '../upgrade/findGenerated';
import { UpgradePreviews } from '../upgrade/UpgradePreviews';
import { Upgrades } from '../upgrade/Upgrades';
import { UpgradeStarter } from '../upgrade/UpgradeStarter';
import { UpgradeStatus } from '@waymark/plugin-golden-paths-common';
import { UpgradeStore } from '../upgrade/UpgradeStore';
import { parse } from './parse';

/** Seconds; about what a preview takes. */
const RETRY_AFTER_S = 10;

const BASE = '/golden-path/upgrades/:kind/:namespace/:name';

const body = z
  .strictObject({ answers: z.record(z.string(), z.json()).optional() })
  .default({});
const generatedQuery = z.strictObject({
  repository: z.url({ protocol: /^https?$/ }).max(1000),
});

/**
 * Upgrades of services to the newest version of their golden path.
 *
 * Whoever may read a component may see how it stands. Whoever may start runs may
 * look at an upgrade and have it proposed, of any component that they may read: it is only a
 * proposal, which the owners merge or not.
 *
 * @internal
 */
export function createUpgradesRouter(options: {
  auditor: AuditorService;
  hosts: RepositoryHosts;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  previews: UpgradePreviews;
  starter: UpgradeStarter;
  store: UpgradeStore;
  upgrades: Upgrades;
}): express.Router {
  const { auditor, httpAuth, permissions, previews, starter, store } = options;
  const { hosts, upgrades } = options;
  const router = Router();
  const json = express.json({ limit: '100kb' });

  router.get('/golden-path/generated', async (req, res) => {
    // It tells of repositories that not everybody may know
    await httpAuth.credentials(req, { allow: ['service'] });
    const { repository } = parse(generatedQuery, req.query);
    res.json({ items: await findGenerated({ url: repository, hosts, store }) });
  });

  router.get(BASE, async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const [status, mayPropose] = await Promise.all([
      upgrades.status(readEntityRef(req), { credentials }),
      isAllowed(credentials),
    ]);
    res.json({ ...status, mayPropose } satisfies UpgradeStatus);
  });

  router.get(`${BASE}/preview`, (req, res) => preview(req, res));
  // With answers, which have no place in an address
  router.post(`${BASE}/preview`, json, (req, res) =>
    preview(req, res, readAnswers(req)),
  );

  router.post(BASE, json, async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const entityRef = readEntityRef(req);
    const answers = readAnswers(req);
    const event = await auditor.createEvent({
      eventId: 'golden-path-upgrade-start',
      severityLevel: 'medium',
      request: req,
      meta: { entityRef },
    });
    try {
      if (!(await isAllowed(credentials))) {
        throw new NotAllowedError('You may not start runs');
      }
      const { isNew, ...started } = await starter.start(entityRef, {
        credentials,
        answers,
      });
      await event.success({ meta: { taskId: started.taskId, isNew } });
      res.status(isNew ? 201 : 200).json(started);
    } catch (error) {
      await event.fail({
        error: error instanceof Error ? error : new Error(String(error)),
      });
      throw error;
    }
  });

  /** As much work as the upgrade itself, so that it takes the same permission. */
  async function preview(
    req: Request,
    res: Response,
    answers?: JsonObject,
  ): Promise<void> {
    // Before anything is waited for: whoever has left does not leave again
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    if (res.destroyed) {
      return;
    }
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const entityRef = readEntityRef(req);
    if (!(await isAllowed(credentials))) {
      throw new NotAllowedError('You may not start runs');
    }
    try {
      res.json(
        await previews.get(entityRef, {
          credentials,
          answers,
          signal: gone.signal,
        }),
      );
    } catch (error) {
      if (gone.signal.aborted) {
        return;
      }
      if (isError(error) && error.name === 'ServiceUnavailableError') {
        res.set('Retry-After', String(RETRY_AFTER_S));
      }
      throw error;
    }
  }

  async function isAllowed(
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [decision] = await permissions.authorize(
      [{ permission: taskCreatePermission }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  return router;
}

function readEntityRef(req: Request): string {
  const { kind, namespace, name } = req.params;
  try {
    return stringifyEntityRef(parseEntityRef(`${kind}:${namespace}/${name}`));
  } catch (error) {
    throw new InputError(
      `entity: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** No answers are none, and not other ones. */
function readAnswers(req: Request): JsonObject | undefined {
  const { answers } = parse(body, req.body);
  return answers && Object.keys(answers).length > 0
    ? (answers as JsonObject)
    : undefined;
}
