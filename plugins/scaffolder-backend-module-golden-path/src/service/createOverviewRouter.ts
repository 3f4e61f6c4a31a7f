import { HttpAuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { RunTimes } from '../runs/RunTimes';
import { listRuns } from './listRuns';
import { parse } from './parse';

/** As many as one page of the portal shows. */
const MAX_TEMPLATES = 200;

const templateRef = z.string().min(1).max(300);
const durationsQuery = z.strictObject({
  template: z
    .union([templateRef.transform(ref => [ref]), z.array(templateRef)])
    .default([])
    .refine(refs => refs.length <= MAX_TEMPLATES, {
      message: `At most ${MAX_TEMPLATES} templates`,
    }),
});

const runsQuery = z.strictObject({
  mine: z
    .enum(['true', 'false'])
    .default('false')
    .transform(value => value === 'true'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

/**
 * What the pages for choosing a path and for looking back at runs ask.
 *
 * @internal
 */
export function createOverviewRouter(options: {
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  scaffolder: ScaffolderService;
  times: RunTimes;
}): express.Router {
  const { catalog, httpAuth, scaffolder, times } = options;
  const router = Router();

  router.get('/golden-path/durations', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { template: refs } = parse(durationsQuery, req.query);
    // How long the runs of others took tells nothing of them, but that there is
    // such a template may be nobody's business
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: refs, fields: ['kind'] },
      { credentials },
    );
    const usual = await times.getUsualDurations();
    res.json({
      items: refs.flatMap((ref, index) => {
        const duration = usual.get(ref);
        return items[index] && duration
          ? [{ templateRef: ref, ...duration }]
          : [];
      }),
    });
  });

  router.get('/golden-path/runs', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const query = parse(runsQuery, req.query);
    res.json(await listRuns({ scaffolder, times, credentials, ...query }));
  });

  return router;
}
