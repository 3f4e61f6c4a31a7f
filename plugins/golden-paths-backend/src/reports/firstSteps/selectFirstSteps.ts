import { GroupTree, NONE, whereAny } from '@waymark/backend-support';
import { FirstStep } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';
import { NarrowRuns } from '../runs/VisibleRuns';
import { ReportScope, ReportSelection } from '../scope/ReportScope';
import { STEPS } from './FirstStepsRecord';

/** Which new services are asked for. */
export interface FirstStepsFilter {
  scope: ReportScope;
  selection: ReportSelection;
  /** Runs of which nothing came, or nothing yet. */
  runs: NarrowRuns;
  /** Milliseconds, of the request. */
  from: number;
  to: number;
  state?: 'stuck' | 'done';
  /** At which they wait. */
  step?: FirstStep;
}

const SHARED = [
  'task_id',
  'template_ref',
  'requested_by',
  'requested_at',
  'repository_at',
  'pipeline_at',
  'artifact_at',
  'staging_at',
  'catalog_at',
  'production_at',
  'stuck_step',
  'stuck_since',
  'stuck_reason',
  'stuck_message',
  'stuck_url',
] as const;

/** Of a run, instead of the columns that only services have. */
const OF_RUNS: Partial<Record<(typeof SHARED)[number], string>> = {
  task_id: 'task_id',
  template_ref: 'template_ref',
  requested_by: 'created_by',
  requested_at: 'created_at',
  stuck_step: `case status when 'completed' then 'catalog' else 'repository' end`,
  stuck_since: 'coalesce(ended_at, started_at)',
  stuck_reason: `case status when 'failed' then 'failed' else 'waiting' end`,
  stuck_message: 'error',
  stuck_url: `'/create/tasks/' || task_id`,
};

/** What an absent value is, for PostgreSQL to know when there is no other row. */
const typeOf = (column: string) =>
  column.endsWith('_at') || column === 'stuck_since' ? 'bigint' : 'text';

/**
 * New services, and runs that have not made one, as `first_steps`, with `key`, which
 * is unique.
 *
 * @internal
 */
export async function selectFirstSteps(
  knex: Knex,
  filter: FirstStepsFilter,
): Promise<{ query: Knex.QueryBuilder }> {
  const { scope, from, to, state, step } = filter;
  const services = knex('first_steps')
    .join('entities', 'entities.id', 'first_steps.entity_id')
    .where('first_steps.requested_at', '>=', from)
    .where('first_steps.requested_at', '<', to)
    .select(
      'entities.ref',
      knex.raw('coalesce(entities.title, entities.ref) as name'),
      'entities.owner_ref',
      ...SHARED.map(column => `first_steps.${column}`),
      knex.raw('case when first_steps.sample then 1 else 0 end as sample'),
      knex.raw(`'service ' || entities.ref as key`),
    );
  scope.narrow(services, 'first_steps.entity_id');

  const { query: runs } = await selectRuns(knex, filter);
  const query = knex.from(services.unionAll([runs]).as('first_steps'));
  if (step !== undefined) {
    query.where('stuck_step', step);
  }
  if (state === 'stuck') {
    query.whereNotNull('stuck_step');
  } else if (state === 'done') {
    query.whereNull('stuck_step');
  }
  return { query };
}

async function selectRuns(
  knex: Knex,
  filter: FirstStepsFilter,
): Promise<{ query: Knex.QueryBuilder }> {
  const { scope, selection, runs, from, to } = filter;
  const { owner, direct, system, domain, template } = selection;
  const query = knex('scaffolder_runs')
    .where('scaffolder_runs.creates', true)
    .whereNull('scaffolder_runs.entity_ref')
    .whereNot('scaffolder_runs.status', 'cancelled')
    .where('scaffolder_runs.created_at', '>=', from)
    .where('scaffolder_runs.created_at', '<', to)
    .select(
      knex.raw('cast(null as text) as ref'),
      knex.raw('coalesce(name, task_id) as name'),
      'owner_ref',
      ...SHARED.map(column =>
        knex.raw(
          `${
            OF_RUNS[column] ?? `cast(null as ${typeOf(column)})`
          } as ${column}`,
        ),
      ),
      knex.raw('0 as sample'),
      knex.raw(`'run ' || task_id as key`),
    );
  runs(query);
  if (template !== undefined) {
    query.where('scaffolder_runs.template_ref', template);
  }
  if (owner === NONE) {
    query.where(none =>
      none
        .whereNull('scaffolder_runs.owner_ref')
        .orWhereNot('scaffolder_runs.owner_ref', 'like', 'group:%'),
    );
  } else if (owner !== undefined) {
    const refs = direct
      ? [owner]
      : (await GroupTree.read(knex, scope.filter)).downwards(owner);
    whereAny(knex, query, 'scaffolder_runs.owner_ref', refs);
  }
  // Of a service that is not there yet, nobody knows what it will be part of
  if (system !== undefined || domain !== undefined) {
    query.whereRaw('1 = 0');
  }
  return { query };
}

/** Every step that can be reached after the request. */
export const REACHED = STEPS.filter(step => step !== 'requested');
