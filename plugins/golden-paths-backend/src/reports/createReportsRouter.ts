import { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  goldenPathsEventReadPermission,
  goldenPathsReportReadPermission,
  METRICS,
  MetricId,
  MetricsConfig,
} from '@waymark/plugin-golden-paths-common';
import {
  decodeCursor,
  encodeCursor,
  EntityAccess,
  entityParamsSchema,
  entityRefSchema,
  isBrokenOff,
  limitSchema,
  parse,
  sendCsv,
} from '@waymark/backend-support';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { z } from 'zod';
import { Weeks } from '../calendar/Weeks';
import {
  cursorSchema,
  periodShape,
  scopeShape,
  weekSchema,
} from './reportQuery';
import { ReportSettings } from './ReportSettings';
import { entityDelivery } from './entity/entityDelivery';
import { exportRows } from './rows/exportRows';
import { countRows, readRows, rowPositionSchema } from './rows/readRows';
import { partsOf, rowSource } from './rows/rowSources';
import { reportPeriod } from './scope/ReportPeriod';
import { findReportScope, ReportSelection } from './scope/ReportScope';
import { squadPositionSchema, squadsReport } from './squads/squadsReport';
import { exportSummary } from './summary/exportSummary';
import { summaryReport } from './summary/summaryReport';

const METRIC_IDS = METRICS.map(({ id }) => id) as [MetricId, ...MetricId[]];

/**
 * Metrics of delivery about what the caller may see, with the rows behind each number.
 *
 * @internal
 */
export function createReportsRouter(options: {
  access: EntityAccess;
  httpAuth: HttpAuthService;
  knex: Knex;
  now: () => number;
  settings: ReportSettings;
}): Router {
  const { access, httpAuth, knex, now, settings } = options;
  const weeks = Weeks.of(settings.timeZone);
  const router = PromiseRouter();
  const shape = { ...scopeShape, ...periodShape(weeks, now) };

  async function callerOf(request: Request) {
    const credentials = await httpAuth.credentials(request);
    await access.requirePermission(
      credentials,
      goldenPathsReportReadPermission,
    );
    return credentials;
  }

  async function contextOf(
    request: Request,
    asked: ReportSelection & { weeks?: number; until?: string },
  ) {
    const { weeks: count, until, ...selection } = asked;
    const credentials = await callerOf(request);
    const { baseline, services } = settings;
    const at = now();
    return {
      knex,
      settings,
      weeks,
      now: at,
      period: reportPeriod({
        asked: { weeks: count, until },
        baseline,
        now: at,
        weeks,
      }),
      scope: await findReportScope({
        access,
        credentials,
        knex,
        selection,
        services,
      }),
    };
  }

  router.get('/metrics', async (request, response) => {
    await callerOf(request);
    const { timeZone, targets, baseline, environments, incidentWindow } =
      settings;
    response.json({
      metrics: METRICS,
      timeZone,
      targets,
      baseline,
      environments,
      incidentWindow,
    } satisfies MetricsConfig);
  });

  router.get('/reports/summary', async (request, response) => {
    const asked = parse(z.strictObject(shape), request.query, 'query');
    response.json(await summaryReport(await contextOf(request, asked)));
  });

  router.get('/reports/summary.csv', async (request, response) => {
    const asked = parse(z.strictObject(shape), request.query, 'query');
    const context = await contextOf(request, asked);
    const report = await summaryReport(context);
    await sendCsv({
      response,
      name: `delivery-${report.from}-${report.to}`,
      lines: exportSummary(report),
    });
  });

  router.get('/reports/squads', async (request, response) => {
    const schema = z.strictObject({
      ...shape,
      cursor: cursorSchema.optional(),
      limit: limitSchema({ default: 50, max: 100 }),
    });
    const { cursor, limit, ...asked } = parse(schema, request.query, 'query');
    const list = ['squads', JSON.stringify(asked)];
    const after = cursor
      ? decodeCursor(list, squadPositionSchema, cursor)
      : undefined;
    const { report, next } = await squadsReport({
      ...(await contextOf(request, asked)),
      after,
      limit,
    });
    response.json({
      ...report,
      ...(next && { nextCursor: encodeCursor(list, next) }),
    });
  });

  const rowsShape = {
    ...shape,
    metric: z.enum(METRIC_IDS),
    week: weekSchema(weeks, now).optional(),
    entityRef: entityRefSchema().optional(),
    counted: z
      .enum(['true', 'false'])
      .transform(text => text === 'true')
      .optional(),
    part: z.string().min(1).max(63).optional(),
  };

  async function rowsOf(
    request: Request,
    asked: z.output<z.ZodObject<typeof rowsShape>>,
  ) {
    const { metric, part, week, counted, ...selection } = asked;
    const source = rowSource(metric, part);
    if (!source) {
      const parts = partsOf(metric) ?? [];
      throw new InputError(
        `part: ${metric} has ${
          parts.length > 0 ? `only the parts ${parts.join(', ')}` : 'no parts'
        }`,
      );
    }
    const context = await contextOf(request, selection);
    const { period } = context;
    if (week !== undefined && (week < period.first || week > period.last)) {
      throw new InputError('week: has to be one of those that are asked for');
    }
    return {
      ...context,
      source,
      counted,
      span: week === undefined ? period : { first: week, last: week },
    };
  }

  router.get('/reports/rows', async (request, response) => {
    const schema = z.strictObject({
      ...rowsShape,
      cursor: cursorSchema.optional(),
      limit: limitSchema({ default: 50, max: 200 }),
    });
    const { cursor, limit, ...asked } = parse(schema, request.query, 'query');
    const list = ['rows', JSON.stringify(asked)];
    const context = await rowsOf(request, asked);
    const after = cursor
      ? decodeCursor(list, rowPositionSchema(context.source), cursor)
      : undefined;
    const [{ items, next }, totalItems] = await Promise.all([
      readRows({ ...context, after, limit }),
      countRows(context),
    ]);
    response.json({
      items,
      totalItems,
      ...(next && { nextCursor: encodeCursor(list, next) }),
    });
  });

  router.get('/reports/rows.csv', async (request, response) => {
    const asked = parse(z.strictObject(rowsShape), request.query, 'query');
    const context = await rowsOf(request, asked);
    const { first, last } = context.span;
    try {
      await sendCsv({
        response,
        name: `${asked.metric}-${first}-${last}`,
        lines: exportRows(context),
      });
    } catch (error) {
      if (!isBrokenOff(error)) {
        throw error;
      }
    }
  });

  router.get(
    '/entities/:kind/:namespace/:name/delivery',
    async (request, response) => {
      const entityRef = parse(entityParamsSchema, request.params, 'path');
      const schema = z.strictObject({ weeks: shape.weeks });
      const asked = parse(schema, request.query, 'query');
      const context = await contextOf(request, { ...asked, entityRef });
      await access.require(
        await httpAuth.credentials(request),
        goldenPathsEventReadPermission,
        entityRef,
      );
      response.json(await entityDelivery({ ...context, entityRef }));
    },
  );

  return router;
}
