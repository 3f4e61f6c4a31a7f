import { Knex } from 'knex';
import { toMillis } from '@waymark/backend-support';

type Count = string | number;

/** Runs of a template in some weeks. */
export interface RunCounts {
  runs: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  running: number;
}

/** How long runs took that succeeded, in milliseconds. */
export interface RunDurations {
  count: number;
  median: number;
  p90: number;
}

/** Runs of some templates, over some time. */
export interface RunsRequest {
  knex: Knex;
  templateRefs: readonly string[];
  from: number;
  to: number;
}

/** The runs of a request. */
export function runsOf({ knex, templateRefs, from, to }: RunsRequest) {
  return knex('scaffolder_runs')
    .whereIn('scaffolder_runs.template_ref', templateRefs)
    .where('scaffolder_runs.created_at', '>=', from)
    .where('scaffolder_runs.created_at', '<', to);
}

/**
 * How many runs ended how, by template.
 *
 * @internal
 */
export async function readRunCounts(
  request: RunsRequest,
): Promise<ReadonlyMap<string, RunCounts>> {
  const rows: { template_ref: string; status: string; counted: Count }[] =
    await runsOf(request)
      .groupBy('template_ref', 'status')
      .select(
        'template_ref',
        'status',
        request.knex.raw('count(*) as counted'),
      );
  const found = new Map<string, RunCounts>();
  for (const { template_ref: ref, status, counted } of rows) {
    const counts = found.get(ref) ?? {
      runs: 0,
      succeeded: 0,
      failed: 0,
      cancelled: 0,
      running: 0,
    };
    found.set(ref, counts);
    const number = Number(counted);
    counts.runs += number;
    if (status === 'completed') {
      counts.succeeded += number;
    } else if (status === 'failed' || status === 'cancelled') {
      counts[status] += number;
    } else {
      counts.running += number;
    }
  }
  return found;
}

/**
 * How long runs took that succeeded, by template.
 *
 * @internal
 */
export async function readRunDurations(
  request: RunsRequest,
): Promise<ReadonlyMap<string, RunDurations>> {
  const { knex } = request;
  const took = runsOf(request)
    .where('status', 'completed')
    .whereNotNull('ended_at')
    .select('template_ref', knex.raw('ended_at - created_at as took'));
  const ranked = knex
    .from(took.as('took'))
    .select(
      'template_ref',
      'took',
      knex.raw(
        'row_number() over (partition by template_ref order by took) as place',
      ),
      knex.raw('count(*) over (partition by template_ref) as total'),
    );
  const rows: {
    template_ref: string;
    total: Count;
    median: Count;
    p90: Count;
  }[] = await knex
    .from(ranked.as('ranked'))
    .groupBy('template_ref', 'total')
    .select(
      'template_ref',
      'total',
      knex.raw('min(case when place * 2 >= total then took end) as median'),
      knex.raw('min(case when place * 10 >= total * 9 then took end) as p90'),
    );
  return new Map(
    rows.map(row => [
      row.template_ref,
      {
        count: Number(row.total),
        median: toMillis(row.median),
        p90: toMillis(row.p90),
      },
    ]),
  );
}
