import { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { parse } from '../http/parse';
import { countSchema, pastSchema, scorecardRefSchema } from '../http/schemas';
import { EntityAccess } from '../permissions/EntityAccess';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { EntitySelection, placesShape } from '../selection/EntitySelection';
import { heatmapReport } from './heatmapReport';
import { levelsReport } from './levelsReport';
import { findReportScope } from './ReportScope';
import { rulesReport } from './rulesReport';
import { trendReport } from './trendReport';

const DAY_MS = 86_400_000;

/** As long as transitions are kept by default. */
const MAX_DAYS = 400;

const DEFAULT_DAYS = 90;

const MAX_SCORECARDS = 100;

const scopeShape = {
  /** May be given several times. */
  scorecard: z
    .union([
      scorecardRefSchema,
      z.array(scorecardRefSchema).max(MAX_SCORECARDS),
    ])
    .transform(refs => [refs].flat())
    .optional(),
  ...placesShape,
};

const daySchema = z.iso
  .date('has to be a date, such as 2026-11-20')
  .transform(day => Date.parse(`${day}T00:00:00Z`) / DAY_MS);

/**
 * Counts over what the caller may see.
 *
 * @internal
 */
export function createReportsRouter(options: {
  access: EntityAccess;
  httpAuth: HttpAuthService;
  knex: Knex;
  now: () => number;
  readable: ReadableScorecards;
}): Router {
  const { access, httpAuth, knex, now, readable } = options;
  const router = PromiseRouter();

  async function scopeOf(
    request: Request,
    query: EntitySelection & { scorecard?: string[]; asOf?: number },
  ) {
    const credentials = await httpAuth.credentials(request);
    await access.requireScorecards(credentials);
    return findReportScope({
      access,
      asOf: query.asOf,
      credentials,
      knex,
      readable,
      scorecardRefs: query.scorecard,
      selection: { owner: query.owner, domain: query.domain },
    });
  }

  router.get('/reports/levels', async (request, response) => {
    const schema = z.strictObject({
      ...scopeShape,
      asOf: pastSchema(now).optional(),
    });
    const query = parse(schema, request.query, 'query');
    const scope = await scopeOf(request, query);
    response.json(
      await levelsReport({ knex, scope, now: now(), asOf: query.asOf }),
    );
  });

  router.get('/reports/trend', async (request, response) => {
    const today = Math.floor(now() / DAY_MS);
    const schema = z.strictObject({
      ...scopeShape,
      from: daySchema.optional(),
      to: daySchema.default(today),
      every: countSchema({ max: MAX_DAYS }).optional(),
    });
    const query = parse(schema, request.query, 'query');
    const { to, from = to - DEFAULT_DAYS + 1, every } = query;
    if (from > to || to - from >= MAX_DAYS) {
      throw new InputError(
        `from: has to be before to, by at most ${MAX_DAYS} days`,
      );
    }
    const scope = await scopeOf(request, query);
    response.json(
      await trendReport({ knex, scope, now: now(), from, to, every }),
    );
  });

  router.get('/reports/rules', async (request, response) => {
    const schema = z.strictObject({
      ...scopeShape,
      blocking: z.enum(['true', 'false']).default('false'),
    });
    const { blocking, ...query } = parse(schema, request.query, 'query');
    const scope = await scopeOf(request, query);
    response.json(
      await rulesReport({
        knex,
        scope,
        now: now(),
        blocking: blocking === 'true',
      }),
    );
  });

  router.get('/reports/heatmap', async (request, response) => {
    const schema = z.strictObject({
      ...scopeShape,
      by: z.enum(['group', 'system', 'domain']).default('group'),
    });
    const { by, ...query } = parse(schema, request.query, 'query');
    const scope = await scopeOf(request, query);
    const filter = await access.filter(await httpAuth.credentials(request));
    response.json(await heatmapReport({ by, filter, knex, scope }));
  });

  return router;
}
