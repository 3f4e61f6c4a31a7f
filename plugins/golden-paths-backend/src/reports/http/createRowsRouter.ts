import { InputError } from '@backstage/errors';
import {
  decodeCursor,
  encodeCursor,
  entityRefSchema,
  isBrokenOff,
  limitSchema,
  parse,
  sendCsv,
} from '@waymark/backend-support';
import { METRICS, MetricId } from '@waymark/plugin-golden-paths-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { line } from '../../events/schemas/limitsSchema';
import { exportRows } from '../rows/exportRows';
import { countRows, readRows, rowPositionSchema } from '../rows/readRows';
import { partsOf, rowSource } from '../rows/rowSources';
import { ReportContext } from './ReportContext';
import { cursorSchema, weekSchema } from './reportQuery';

const METRIC_IDS = METRICS.map(({ id }) => id) as [MetricId, ...MetricId[]];

/**
 * What is behind each number.
 *
 * @internal
 */
export function createRowsRouter(context: ReportContext): Router {
  const router = PromiseRouter();
  const shape = {
    ...context.shape,
    metric: z.enum(METRIC_IDS),
    week: weekSchema(context.weeks, context.now).optional(),
    entityRef: entityRefSchema().optional(),
    counted: z
      .enum(['true', 'false'])
      .transform(text => text === 'true')
      .optional(),
    part: line(63).optional(),
  };

  async function ask(
    request: Request,
    query: z.output<z.ZodObject<typeof shape>>,
  ) {
    const { metric, part, week, counted, ...selection } = query;
    const source = findSource(metric, part);
    const asked = await context.ask(request, selection);
    const { period } = asked;
    if (week !== undefined && (week < period.first || week > period.last)) {
      throw new InputError('week: has to be one of those that are asked for');
    }
    const span = week === undefined ? period : { first: week, last: week };
    return { ...asked, source, counted, span };
  }

  router.get('/reports/rows', async (request, response) => {
    const schema = z.strictObject({
      ...shape,
      cursor: cursorSchema.optional(),
      limit: limitSchema({ default: 50, max: 200 }),
    });
    const { cursor, limit, ...query } = parse(schema, request.query, 'query');
    const list = ['rows', JSON.stringify(query)];
    const source = findSource(query.metric, query.part);
    const after = cursor
      ? decodeCursor(list, rowPositionSchema(source), cursor)
      : undefined;
    const asked = await ask(request, query);
    const [{ items, next }, totalItems] = await Promise.all([
      readRows({ ...asked, after, limit }),
      countRows(asked),
    ]);
    response.json({
      items,
      totalItems,
      ...(next && { nextCursor: encodeCursor(list, next) }),
    });
  });

  router.get('/reports/rows.csv', async (request, response) => {
    const query = parse(z.strictObject(shape), request.query, 'query');
    const asked = await ask(request, query);
    const { first, last } = asked.span;
    try {
      await sendCsv({
        response,
        name: `${query.metric}-${first}-${last}`,
        lines: exportRows(asked),
      });
    } catch (error) {
      if (!isBrokenOff(error)) {
        throw error;
      }
    }
  });

  return router;
}

/** @throws InputError when the metric has no such part */
function findSource(metric: MetricId, part: string | undefined) {
  const source = rowSource(metric, part);
  if (!source) {
    const parts = partsOf(metric) ?? [];
    throw new InputError(
      `part: ${metric} has ${
        parts.length > 0 ? `only the parts ${parts.join(', ')}` : 'no parts'
      }`,
    );
  }
  return source;
}
