import { countFitting, toMillis } from '@waymark/backend-support';
import { FirstStepsReport } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { durationValue } from '../numbers/readFirstDeployments';
import { FirstStepsRecord, toFirstStepsRow } from './FirstStepsRecord';
import {
  FirstStepsFilter,
  REACHED,
  selectFirstSteps,
} from './selectFirstSteps';

/** Where a page ended: when its last service was asked for, and its key. */
export const firstStepsPositionSchema = z.tuple([z.int(), z.string()]);

type Position = z.output<typeof firstStepsPositionSchema>;

/**
 * How new services come to life, the latest first.
 *
 * @returns `next`: where the next page begins
 * @internal
 */
export async function firstStepsReport(
  options: FirstStepsFilter & {
    knex: Knex;
    now: number;
    after?: Position;
    limit: number;
  },
): Promise<{ report: FirstStepsReport; next?: Position }> {
  const { knex, after, limit } = options;
  const [{ query: page }, { query: all }] = await Promise.all([
    selectFirstSteps(knex, options),
    selectFirstSteps(knex, options),
  ]);
  if (after) {
    page.whereRaw('(requested_at, key) < (?, ?)', after);
  }
  const [records, [{ total }], durations] = await Promise.all([
    page
      .select<(FirstStepsRecord & { key: string })[]>('*')
      .orderBy([
        { column: 'requested_at', order: 'desc' },
        { column: 'key', order: 'desc' },
      ])
      .limit(limit + 1),
    all.count({ total: '*' }),
    readDurations(options),
  ]);
  const rows = records.slice(0, limit).map(toFirstStepsRow);
  const items = rows.slice(0, countFitting(rows));
  const last = records[items.length - 1];
  return {
    report: { items, totalItems: Number(total), durations },
    ...(items.length < records.length && {
      next: [Number(last.requested_at), last.key],
    }),
  };
}

/** Of services: from the request to each step. */
async function readDurations(
  options: FirstStepsFilter & { knex: Knex; now: number },
): Promise<FirstStepsReport['durations']> {
  const { knex, now } = options;
  const { query } = await selectFirstSteps(knex, options);
  const columns = REACHED.map(step => `${step}_at` as const);
  const records: Pick<
    FirstStepsRecord,
    'requested_at' | (typeof columns)[number]
  >[] = await query.whereNotNull('ref').select('requested_at', ...columns);
  return Object.fromEntries(
    REACHED.map(step => [
      step,
      durationValue(
        records.map(record => ({
          from: Number(record.requested_at),
          to: toMillis(record[`${step}_at`]),
        })),
        now,
      ),
    ]),
  );
}
