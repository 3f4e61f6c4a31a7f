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
import { line } from '../../events/schemas/limitsSchema';
import { timesOf } from '../scope/ReportPeriod';
import { followersReport } from '../templates/followersReport';
import { runPositionSchema, runsReport } from '../templates/runsReport';
import { templateReport, templatesReport } from '../templates/templatesReport';
import { ReportContext } from './ReportContext';
import { cursorSchema, templateRefSchema, weekSchema } from './reportQuery';

const RUN_STATES = ['succeeded', 'failed', 'cancelled', 'running'] as const;

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

  router.get('/reports/template-services', async (request, response) => {
    const { template: _, weeks: __, ...shape } = context.shape;
    const schema = z.strictObject({
      ...shape,
      templateRef: templateRefSchema,
      version: line(100).optional(),
      behind: z
        .enum(['true', 'false'])
        .transform(text => text === 'true')
        .optional(),
      cursor: cursorSchema.optional(),
      limit: limitSchema({ default: 50, max: 200 }),
    });
    const { cursor, limit, ...query } = parse(schema, request.query, 'query');
    const list = ['template-services', JSON.stringify(query)];
    const after = cursor ? decodeCursor(list, z.string(), cursor) : undefined;
    const { templateRef, version, behind, ...selection } = query;
    const asked = await context.ask(request, selection);
    await context.access.requireRead(
      await context.callerOf(request),
      templateRef,
    );
    const { report, next } = await followersReport({
      knex: asked.knex,
      narrow: asked.scope.narrow,
      until: asked.period.last,
      templateRef,
      version,
      behind,
      after,
      limit,
    });
    response.json({
      ...report,
      ...(next && { nextCursor: encodeCursor(list, next) }),
    });
  });

  router.get('/reports/template-runs', async (request, response) => {
    const schema = z.strictObject({
      templateRef: templateRefSchema,
      ...period,
      week: weekSchema(context.weeks, context.now).optional(),
      state: z.enum(RUN_STATES).optional(),
      step: line(255).optional(),
      cursor: cursorSchema.optional(),
      limit: limitSchema({ default: 50, max: 200 }),
    });
    const { cursor, limit, ...query } = parse(schema, request.query, 'query');
    const list = ['template-runs', JSON.stringify(query)];
    const after = cursor
      ? decodeCursor(list, runPositionSchema, cursor)
      : undefined;
    const { templateRef, state, step, week, ...selection } = query;
    const asked = await context.ask(request, selection);
    await context.access.requireRead(
      await context.callerOf(request),
      templateRef,
    );
    const { report, next } = await runsReport({
      knex: asked.knex,
      templateRefs: [templateRef],
      ...timesOf(
        week ? { first: week, last: week } : asked.period,
        context.weeks,
      ),
      visible: await context.runsOf(request),
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

  return router;
}
