import { TemplateHealthDetails } from '@waymark/plugin-golden-paths-common';
import { NarrowRuns } from '../runs/VisibleRuns';
import { runsOf, RunsRequest } from './readRunCounts';

/** A step that failed, and how often. */
export type Failure = TemplateHealthDetails['failures'][number];

/**
 * At which steps runs failed, the most frequent first, by template. The last error
 * is told to those who may open its run.
 *
 * @internal
 */
export async function readFailures(
  request: RunsRequest & { visible: NarrowRuns },
): Promise<ReadonlyMap<string, Failure[]>> {
  const { knex, visible } = request;
  const failed = () =>
    runsOf(request).where('status', 'failed').whereNotNull('failed_step_id');
  const counts = failed()
    .groupBy('template_ref', 'failed_step_id')
    .orderBy([{ column: 'counted', order: 'desc' }, 'failed_step_id'])
    .select(
      'template_ref',
      'failed_step_id',
      knex.raw('max(failed_step_name) as failed_step_name'),
      knex.raw('count(*) as counted'),
    );
  const ranked = failed().select(
    'template_ref',
    'failed_step_id',
    'error',
    'task_id',
    knex.raw(
      'row_number() over (partition by template_ref, failed_step_id order by created_at desc, task_id) as place',
    ),
  );
  visible(ranked);
  const [steps, latest]: [
    {
      template_ref: string;
      failed_step_id: string;
      failed_step_name: string | null;
      counted: string | number;
    }[],
    {
      template_ref: string;
      failed_step_id: string;
      error: string | null;
      task_id: string;
    }[],
  ] = await Promise.all([
    counts,
    knex.from(ranked.as('ranked')).where('place', 1),
  ]);

  const lastOf = new Map(
    latest.map(row => [
      JSON.stringify([row.template_ref, row.failed_step_id]),
      row,
    ]),
  );
  const found = new Map<string, Failure[]>();
  for (const step of steps) {
    const { template_ref: ref, failed_step_id: id } = step;
    const last = lastOf.get(JSON.stringify([ref, id]));
    found.set(ref, [
      ...(found.get(ref) ?? []),
      {
        id,
        name: step.failed_step_name ?? id,
        count: Number(step.counted),
        lastError: last?.error ?? undefined,
        lastTaskId: last?.task_id,
      },
    ]);
  }
  return found;
}
