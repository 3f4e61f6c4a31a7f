import {
  decodeCursor,
  encodeCursor,
  limitSchema,
  parse,
  sendCsv,
} from '@waymark/backend-support';
import { METRICS, MetricsConfig } from '@waymark/plugin-golden-paths-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { squadPositionSchema, squadsReport } from '../squads/squadsReport';
import { exportSummary } from '../summary/exportSummary';
import { summaryReport } from '../summary/summaryReport';
import { ReportContext } from './ReportContext';
import { cursorSchema } from './reportQuery';

/**
 * Metrics of delivery, of all services that are asked for and by squad.
 *
 * @internal
 */
export function createSummaryRouter(context: ReportContext): Router {
  const router = PromiseRouter();
  const summarySchema = z.strictObject(context.shape);

  router.get('/metrics', async (request, response) => {
    await context.callerOf(request);
    const { timeZone, targets, baseline, environments, incidentWindow } =
      context.settings;
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
    const query = parse(summarySchema, request.query, 'query');
    response.json(await summaryReport(await context.ask(request, query)));
  });

  router.get('/reports/summary.csv', async (request, response) => {
    const query = parse(summarySchema, request.query, 'query');
    const report = await summaryReport(await context.ask(request, query));
    await sendCsv({
      response,
      name: `delivery-${report.from}-${report.to}`,
      lines: exportSummary(report),
    });
  });

  router.get('/reports/squads', async (request, response) => {
    const schema = z.strictObject({
      ...context.shape,
      cursor: cursorSchema.optional(),
      limit: limitSchema({ default: 25, max: 100 }),
    });
    const { cursor, limit, ...query } = parse(schema, request.query, 'query');
    const list = ['squads', JSON.stringify(query)];
    const after = cursor
      ? decodeCursor(list, squadPositionSchema, cursor)
      : undefined;
    const asked = await context.ask(request, query);
    const { report, next } = await squadsReport({ ...asked, after, limit });
    response.json({
      ...report,
      ...(next && { nextCursor: encodeCursor(list, next) }),
    });
  });

  return router;
}
