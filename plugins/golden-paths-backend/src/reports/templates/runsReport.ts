import { countFitting, toMillis } from '@waymark/backend-support';
import {
  TemplateRuns,
  TemplateRunState,
} from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { NarrowRuns } from '../runs/VisibleRuns';
import { runsOf, RunsRequest } from './readRunCounts';
import { TemplateRunRecord, toTemplateRun } from './toTemplateRun';

/** Where a page ended: when its last run was started, and its task. */
export const runPositionSchema = z.tuple([z.int(), z.string()]);

type Position = z.output<typeof runPositionSchema>;

/** Which runs of a golden path are asked for. */
interface TemplateRunsFilter extends RunsRequest {
  visible: NarrowRuns;
  state?: TemplateRunState;
  /** The id of the one at which they failed. */
  step?: string;
}

/** As they are counted: whatever has not ended is running. */
const ENDED = {
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
};

/**
 * Runs of golden paths that the caller may open, the latest first: what is behind the
 * numbers of `templateReport`.
 *
 * @returns `next`: where the next page begins
 * @internal
 */
export async function runsReport(
  options: TemplateRunsFilter & { after?: Position; limit: number },
): Promise<{ report: Omit<TemplateRuns, 'nextCursor'>; next?: Position }> {
  const { after, limit } = options;
  const page = selectRuns(options)
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'task_id', order: 'desc' },
    ])
    .limit(limit + 1)
    .select<TemplateRunRecord[]>('*');
  if (after) {
    page.whereRaw('(created_at, task_id) < (?, ?)', after);
  }
  const [rows, [{ total }]] = await Promise.all([
    page,
    selectRuns(options).count({ total: '*' }),
  ]);
  const all = rows.slice(0, limit).map(toTemplateRun);
  const items = all.slice(0, countFitting(all));
  const last = rows[items.length - 1];
  return {
    report: { items, totalItems: Number(total) },
    ...(items.length < rows.length && {
      next: [toMillis(last.created_at), last.task_id],
    }),
  };
}

function selectRuns(filter: TemplateRunsFilter): Knex.QueryBuilder {
  const { visible, state, step } = filter;
  const query: Knex.QueryBuilder = runsOf(filter);
  visible(query);
  if (state === 'running') {
    query.whereNotIn('status', Object.values(ENDED));
  } else if (state !== undefined) {
    query.where('status', ENDED[state]);
  }
  if (step !== undefined) {
    query.where({ status: 'failed', failed_step_id: step });
  }
  return query;
}
