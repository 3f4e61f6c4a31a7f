import { MetricRow } from '@waymark/plugin-golden-paths-common';
import { countFitting, toMillis } from '@waymark/backend-support';
import { Knex } from 'knex';
import { z } from 'zod';
import { Weeks } from '../../calendar/Weeks';
import { timesOf, WeekSpan } from '../scope/ReportPeriod';
import { ReportScope } from '../scope/ReportScope';
import { webAddress } from '../webAddress';
import { RowSource } from './rowSources';

/** Where a page ended: the time and the key of its last row. */
export type RowPosition = (string | number)[];

/** Of a list of such rows. */
export function rowPositionSchema(source: RowSource): z.ZodType<RowPosition> {
  const cells = [timeType(source), ...source.key.map(({ type }) => type)].map(
    type => (type === 'number' ? z.int() : z.string().max(1024)),
  );
  return z.tuple(cells as [z.ZodInt | z.ZodString]);
}

type Cell = string | number | boolean | null;
type Row = Record<string, Cell>;

export interface RowsRequest {
  source: RowSource;
  span: WeekSpan;
  /** Only what is in the numerator of a share, or only what is not. */
  counted?: boolean;
}

/**
 * Rows behind a number, the latest first.
 *
 * @returns `next`: where the next page begins
 * @internal
 */
export async function readRows(
  options: RowsRequest & {
    knex: Knex;
    scope: ReportScope;
    weeks: Weeks;
    after?: RowPosition;
    limit: number;
  },
): Promise<{ items: MetricRow[]; next?: RowPosition }> {
  const { knex, source, weeks, after, limit } = options;
  const { table, time, key, event, has } = source;
  const { query } = await selectRows(options);
  query
    .leftJoin('entities', 'entities.id', `${table}.entity_id`)
    .select({
      entity_ref: 'entities.ref',
      entity_title: 'entities.title',
      owner_ref: 'entities.owner_ref',
      at: time,
    })
    .select(source.columns)
    .select(key.map(({ column }, index) => ({ [`key_${index}`]: column })))
    .orderBy(
      [time, ...key.map(({ column }) => column)].map(column => ({
        column,
        order: 'desc',
      })),
    )
    .limit(limit + 1);
  if (event) {
    query
      .leftJoin('events', 'events.sequence', event)
      .select('events.event_id', 'events.source');
  }
  for (const column of ['observed', 'sample', 'url'] as const) {
    if (has[column]) {
      query.select(`${table}.${column}`);
    }
  }
  if (source.value) {
    query.select(knex.raw(`${source.value} as value`));
  }
  if (source.counted) {
    query.select(
      knex.raw(`case when ${source.counted} then 1 else 0 end as counted`),
    );
  }
  if (after) {
    const columns = [time, ...key.map(({ column }) => column)];
    query.whereRaw(
      `(${columns.map(() => '??').join(', ')}) < (${columns
        .map(() => '?')
        .join(', ')})`,
      [...columns, ...after],
    );
  }
  const rows: Row[] = await query;
  const all = rows.slice(0, limit).map(row => toRow(row, source, weeks));
  const items = all.slice(0, countFitting(all));
  const last = rows[items.length - 1];
  return {
    items,
    ...(items.length < rows.length && {
      next: [
        positionOf(last.at, timeType(source)),
        ...key.map(({ type }, index) => positionOf(last[`key_${index}`], type)),
      ],
    }),
  };
}

/** How many rows there are. */
export async function countRows(
  options: RowsRequest & { knex: Knex; scope: ReportScope; weeks: Weeks },
): Promise<number> {
  const { query } = await selectRows(options);
  const [{ total }] = await query.count({ total: '*' });
  return Number(total);
}

async function selectRows(
  options: RowsRequest & { knex: Knex; scope: ReportScope; weeks: Weeks },
): Promise<{ query: Knex.QueryBuilder }> {
  const { knex, scope, source, span, weeks, counted } = options;
  const query = knex(source.table);
  if (source.table === 'path_weeks') {
    query.where('path_weeks.week', await lastWeek(options));
  } else {
    const { from, to } = timesOf(span, weeks);
    query.where(source.time, '>=', from).where(source.time, '<', to);
  }
  const narrow = source.askers ? scope.narrowAskers : scope.narrow;
  narrow(query, `${source.table}.entity_id`);
  source.where?.(query);
  if (counted !== undefined && source.counted) {
    query.whereRaw(`${counted ? '' : 'not '}(${source.counted})`);
  }
  // A query by itself would be run by whoever awaits it
  return { query };
}

/** How services stood is known week by week: the last one stands for all. */
async function lastWeek(options: {
  knex: Knex;
  scope: ReportScope;
  span: WeekSpan;
}): Promise<string> {
  const { knex, scope, span } = options;
  const query = knex('path_weeks')
    .whereBetween('path_weeks.week', [span.first, span.last])
    .max({ week: 'path_weeks.week' });
  scope.narrow(query, 'path_weeks.entity_id');
  const [{ week }] = await query;
  return week ?? span.last;
}

function positionOf(cell: Cell, type: 'number' | 'text'): string | number {
  return type === 'number' ? Number(cell) : String(cell);
}

function toRow(row: Row, source: RowSource, weeks: Weeks): MetricRow {
  const text = (cell: Cell | undefined) =>
    typeof cell === 'string' ? cell : undefined;
  const flag = (cell: Cell | undefined) =>
    cell === undefined || cell === null ? undefined : Boolean(Number(cell));
  const week = source.table === 'path_weeks' ? String(row.at) : undefined;
  const at = week === undefined ? Number(row.at) : weeks.startOf(week);
  return {
    eventId: text(row.event_id),
    eventSource: text(row.source),
    entityRef: text(row.entity_ref),
    entityTitle: text(row.entity_title),
    ownerRef: text(row.owner_ref),
    at: new Date(at).toISOString(),
    week,
    label: source.label(row as Record<string, string | number | null>),
    value: toMillis(row.value as string | number | null | undefined),
    counted: flag(row.counted),
    observed: flag(row.observed),
    sample: flag(row.sample),
    url: webAddress(text(row.url)),
  };
}

/** Of weeks, the time is the name. */
function timeType({ table }: RowSource): 'number' | 'text' {
  return table === 'path_weeks' ? 'text' : 'number';
}
