import { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  countSchema,
  decodeCursor,
  encodeCursor,
  entityRefSchema,
  EntitySelection,
  limitSchema,
  parse,
  pastSchema,
  placesShape,
} from '@waymark/backend-support';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { scorecardRefSchema } from '../http/schemas';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { breakdownReport } from './breakdownReport';
import { heatmapReport } from './heatmapReport';
import { levelsReport } from './levelsReport';
import { moversReport } from './moversReport';
import { nextStepsReport } from './nextStepsReport';
import { readPlaces } from './places';
import { findReportScope } from './ReportScope';
import { rowPositionSchema } from './rowPage';
import { rulesReport } from './rulesReport';
import { trendReport } from './trendReport';

const DAY_MS = 86_400_000;

/** As long as transitions are kept by default. */
const MAX_DAYS = 400;

const DEFAULT_DAYS = 90;

const MAX_SCORECARDS = 100;

const MAX_OWNERS = 500;

const scorecardShape = {
  /** May be given several times. */
  scorecard: z
    .union([
      scorecardRefSchema,
      z.array(scorecardRefSchema).max(MAX_SCORECARDS),
    ])
    .transform(refs => [refs].flat())
    .optional(),
};

const scopeShape = { ...scorecardShape, ...placesShape };

const placesSchema = z.strictObject({
  ...scopeShape,
  by: z.enum(['group', 'system', 'domain']).default('group'),
  cursor: z.string().max(2000).optional(),
  limit: limitSchema({ default: 200, max: 500 }),
});

const ownerSchema = entityRefSchema({ kind: 'group' });

const nextStepsSchema = z.strictObject({
  ...scorecardShape,
  /** May be given several times. */
  owner: z
    .union([ownerSchema, z.array(ownerSchema).max(MAX_OWNERS)], {
      error: 'has to be the ref of a group or user, or several',
    })
    .transform(refs => [refs].flat()),
  limit: limitSchema({ default: 10, max: 100 }),
});

const daySchema = z.iso
  .date('has to be a date, such as 2026-11-20')
  .transform(day => Date.parse(`${day}T00:00:00Z`) / DAY_MS);

/**
 * Counts over what the caller may see.
 *
 * @internal
 */
export function createReportsRouter(options: {
  access: ScorecardAccess;
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

  for (const [name, read] of [
    ['heatmap', heatmapReport],
    ['breakdown', breakdownReport],
  ] as const) {
    router.get(`/reports/${name}`, async (request, response) => {
      const { cursor, limit, ...asked } = parse(
        placesSchema,
        request.query,
        'query',
      );
      const { by, ...query } = asked;
      const list = [name, JSON.stringify(asked)];
      const after = cursor
        ? decodeCursor(list, rowPositionSchema, cursor)
        : undefined;
      const scope = await scopeOf(request, query);
      const filter = await access.filter(await httpAuth.credentials(request));
      const { report, next } = await read({
        by,
        knex,
        page: { after, limit },
        places: await readPlaces({ by, filter, knex, within: query.owner }),
        scope,
      });
      response.json({
        ...report,
        ...(next && { nextCursor: encodeCursor(list, next) }),
      });
    });
  }

  router.get('/reports/movers', async (request, response) => {
    const today = Math.floor(now() / DAY_MS);
    const schema = z.strictObject({
      ...placesShape,
      scorecard: scorecardRefSchema,
      from: daySchema.default(today - 30),
      limit: limitSchema({ default: 10, max: 100 }),
    });
    const query = parse(schema, request.query, 'query');
    const { from, limit, scorecard } = query;
    if (from > today || today - from >= MAX_DAYS) {
      throw new InputError(
        `from: has to be a day of the last ${MAX_DAYS}, today at the latest`,
      );
    }
    const scope = await scopeOf(request, { ...query, scorecard: [scorecard] });
    response.json(await moversReport({ knex, scope, from, limit }));
  });

  router.get('/reports/next-steps', async (request, response) => {
    const query = parse(nextStepsSchema, request.query, 'query');
    const scope = await scopeOf(request, query);
    response.json(
      await nextStepsReport({ knex, scope, now: now(), limit: query.limit }),
    );
  });

  return router;
}
