import { TemplateHealth } from '@waymark/plugin-golden-paths-common';
import { addWeeks, Weeks } from '../../calendar/Weeks';
import { ReportPeriod } from '../scope/ReportPeriod';
import { runsOf, RunsRequest } from './readRunCounts';

/**
 * Runs, and those that failed, by template and week.
 *
 * @internal
 */
export async function readRunWeeks(
  request: RunsRequest & { period: ReportPeriod; weeks: Weeks },
): Promise<(templateRef: string) => TemplateHealth['trend']> {
  const { knex, period, weeks } = request;
  const spans = knex.raw(
    period.weeks
      .map(() => '(?, cast(? as bigint), cast(? as bigint))')
      .join(', '),
    period.weeks.flatMap(week => [
      week,
      weeks.startOf(week),
      weeks.startOf(addWeeks(week, 1)),
    ]),
  );
  const rows: {
    template_ref: string;
    week: string;
    runs: string | number;
    failed: string | number;
  }[] = await runsOf(request)
    .with('spans', ['week', 'begins', 'ends'], knex.raw('values ?', [spans]))
    .join('spans', join =>
      join
        .on('scaffolder_runs.created_at', '>=', 'spans.begins')
        .andOn('scaffolder_runs.created_at', '<', 'spans.ends'),
    )
    .groupBy('template_ref', 'spans.week')
    .select(
      'template_ref',
      'spans.week',
      knex.raw('count(*) as runs'),
      knex.raw(`count(case when status = 'failed' then 1 end) as failed`),
    );
  const found = new Map(
    rows.map(row => [JSON.stringify([row.template_ref, row.week]), row]),
  );
  return templateRef =>
    period.weeks.map(week => {
      const row = found.get(JSON.stringify([templateRef, week]));
      return {
        week,
        runs: Number(row?.runs ?? 0),
        failed: Number(row?.failed ?? 0),
      };
    });
}
