import {
  decodeCursor,
  encodeCursor,
  limitSchema,
  parse,
} from '@waymark/backend-support';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { STEPS } from '../firstSteps/FirstStepsRecord';
import {
  firstStepsPositionSchema,
  firstStepsReport,
} from '../firstSteps/firstStepsReport';
import { timesOf } from '../scope/ReportPeriod';
import { templateReport, templatesReport } from '../templates/templatesReport';
import { ReportContext } from './ReportContext';
import { cursorSchema, templateRefSchema } from './reportQuery';

/**
 * How golden paths fare, and what comes of them.
 *
 * @internal
 */
export function createPathsRouter(context: ReportContext): Router {
  const router = PromiseRouter();
  const { weeks: weeksSchema, until } = context.shape;
  const period = { weeks: weeksSchema, until };

  router.get('/reports/first-steps', async (request, response) => {
    const schema = z.strictObject({
      ...context.shape,
      state: z.enum(['stuck', 'done']).optional(),
      step: z.enum(STEPS).optional(),
      cursor: cursorSchema.optional(),
      limit: limitSchema({ default: 50, max: 200 }),
    });
    const { cursor, limit, ...query } = parse(schema, request.query, 'query');
    const list = ['first-steps', JSON.stringify(query)];
    const after = cursor
      ? decodeCursor(list, firstStepsPositionSchema, cursor)
      : undefined;
    const { state, step, ...selection } = query;
    const asked = await context.ask(request, selection);
    const { report, next } = await firstStepsReport({
      ...asked,
      ...timesOf(asked.period, context.weeks),
      selection,
      runs: await context.runsOf(request),
      state,
      step,
      after,
      limit,
    });
    response.json({
      ...report,
      ...(next && { nextCursor: encodeCursor(list, next) }),
    });
  });

  router.get('/reports/templates', async (request, response) => {
    const query = parse(z.strictObject(period), request.query, 'query');
    const asked = await context.ask(request, query);
    const visible = await context.runsOf(request);
    response.json(await templatesReport({ ...asked, visible }));
  });

  router.get('/reports/template', async (request, response) => {
    const schema = z.strictObject({
      templateRef: templateRefSchema,
      ...period,
    });
    const query = parse(schema, request.query, 'query');
    const { templateRef, ...selection } = query;
    const asked = await context.ask(request, selection);
    const entity = await context.access.requireRead(
      await context.callerOf(request),
      templateRef,
    );
    const visible = await context.runsOf(request);
    response.json(await templateReport({ ...asked, visible, entity }));
  });

  return router;
}
