import { parseEntityRef } from '@backstage/catalog-model';
import { MetricId } from '@waymark/plugin-golden-paths-common';
import { Knex } from 'knex';

type Narrow = (query: Knex.QueryBuilder) => void;

/**
 * Where the rows behind a number are. The conditions are those by which the rows were
 * counted into rollups, so that a number and its rows agree.
 */
export interface RowSource {
  table:
    | 'deployments'
    | 'changes'
    | 'environments'
    | 'tickets'
    | 'first_steps'
    | 'path_weeks';
  /** When a row counts, a column of milliseconds. */
  time: string;
  /** Beside the time, what makes its place in the list; unique with it. */
  key: { column: string; type: 'number' | 'text' }[];
  /** The event that decides. */
  event?: string;
  /** Which rows count at all. */
  where?: Narrow;
  /** Of those, which are in the numerator of a share. */
  counted?: string;
  /** In the unit of the metric, an expression. */
  value?: string;
  /** Columns that the words are made of. */
  columns: string[];
  label(row: Record<string, string | number | null>): string;
  /** Whether the rows know these columns. */
  has: { observed?: boolean; sample?: boolean; url?: boolean };
  /** Tickets of squads are about no service. */
  askers?: boolean;
}

const words = (...parts: (string | number | null | undefined)[]) =>
  parts.filter(part => part !== null && part !== undefined).join(' · ');

/** A golden path by its name, as people say it. */
function nameOfPath(ref: string | number | null) {
  if (typeof ref !== 'string') {
    return null;
  }
  const { namespace, name } = parseEntityRef(ref);
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

function deployments(
  more: Partial<RowSource> & {
    tier?: string;
    claimed?: boolean;
  } = {},
): RowSource {
  const { tier = 'production', claimed = false, where, ...rest } = more;
  return {
    table: 'deployments',
    time: 'deployments.deployed_at',
    key: [{ column: 'deployments.event_sequence', type: 'number' }],
    event: 'deployments.event_sequence',
    where: query => {
      query
        .where('deployments.tier', tier)
        .where('deployments.observed', !claimed)
        .whereNot('deployments.kind', 'removed');
      where?.(query);
    },
    columns: [
      'deployments.environment',
      'deployments.artifact',
      'deployments.failed_by',
    ],
    label: row => words(row.environment, row.artifact, row.failed_by),
    has: { observed: true, sample: true, url: true },
    ...rest,
  };
}

const changes: RowSource = {
  table: 'changes',
  time: 'changes.deployed_at',
  key: [
    { column: 'changes.entity_id', type: 'number' },
    { column: 'changes.change_id', type: 'text' },
  ],
  event: 'changes.event_sequence',
  where: query => query.whereNotNull('changes.deployed_at'),
  value: 'changes.deployed_at - changes.merged_at',
  columns: ['changes.change_id', 'changes.revision'],
  label: row => words(row.change_id, row.revision),
  has: { sample: true, url: true },
};

const environments: RowSource = {
  table: 'environments',
  time: 'environments.created_at',
  key: [{ column: 'environments.event_sequence', type: 'number' }],
  event: 'environments.event_sequence',
  where: query =>
    query
      .where('environments.observed', true)
      .whereNotNull('environments.requested_at'),
  value: 'environments.created_at - environments.requested_at',
  columns: ['environments.environment'],
  label: row => words(row.environment),
  has: { observed: true, sample: true },
};

const tickets = (category?: string): RowSource => ({
  table: 'tickets',
  time: 'tickets.created_at',
  key: [
    { column: 'tickets.entity_id', type: 'number' },
    { column: 'tickets.ticket_id', type: 'text' },
  ],
  event: 'tickets.event_sequence',
  where: query => {
    if (category !== undefined) {
      query.where('tickets.category', category);
    }
  },
  columns: ['tickets.category', 'tickets.title'],
  label: row => words(row.category, row.title),
  has: { sample: true, url: true },
  askers: true,
});

function firstSteps(column: 'staging_at' | 'production_at'): RowSource {
  return {
    table: 'first_steps',
    time: 'first_steps.requested_at',
    key: [{ column: 'first_steps.entity_id', type: 'number' }],
    value: `first_steps.${column} - first_steps.requested_at`,
    counted: `first_steps.${column} is not null`,
    columns: ['first_steps.template_ref', 'first_steps.stuck_step'],
    label: row => words(nameOfPath(row.template_ref), row.stuck_step),
    has: { sample: true },
  };
}

function pathWeeks(counted: string, where?: Narrow): RowSource {
  return {
    table: 'path_weeks',
    time: 'path_weeks.week',
    key: [{ column: 'path_weeks.entity_id', type: 'number' }],
    where,
    counted,
    columns: ['path_weeks.template_ref', 'path_weeks.deviation'],
    label: row =>
      words(
        nameOfPath(row.template_ref) ?? 'On no golden path',
        row.deviation === 'none' ? null : `${row.deviation} deviation`,
      ),
    has: {},
  };
}

const onPath: Narrow = query => query.whereNotNull('path_weeks.template_ref');

/** Without a part under the empty name. */
const SOURCES: Record<
  Exclude<MetricId, 'support-load'>,
  Record<string, RowSource>
> = {
  'time-to-first-deployment': {
    '': firstSteps('staging_at'),
    staging: firstSteps('staging_at'),
    production: firstSteps('production_at'),
  },
  'deployment-frequency': {
    '': deployments(),
    production: deployments(),
    staging: deployments({ tier: 'staging' }),
    claimed: deployments({ claimed: true }),
  },
  adoption: {
    '': pathWeeks('path_weeks.verified and path_weeks.conformant'),
  },
  'deviation-rate': {
    '': pathWeeks(`path_weeks.deviation <> 'none'`, onPath),
    justified: pathWeeks(`path_weeks.deviation = 'justified'`, onPath),
    expired: pathWeeks(`path_weeks.deviation = 'expired'`, onPath),
    unjustified: pathWeeks(`path_weeks.deviation = 'unjustified'`, onPath),
  },
  'time-to-environment': { '': environments },
  'change-lead-time': { '': changes },
  'failed-deployment-recovery-time': {
    '': deployments({
      time: 'deployments.recovered_at',
      where: query => query.whereNotNull('deployments.recovered_at'),
      value: 'deployments.recovered_at - deployments.failed_at',
    }),
  },
  'change-fail-rate': {
    '': deployments({ counted: 'deployments.failed_at is not null' }),
  },
  'deployment-rework-rate': {
    '': deployments({ counted: 'deployments.rework' }),
  },
};

/**
 * Where the rows behind a metric, or behind a part of it, are.
 *
 * @returns undefined when the metric has no such part
 * @internal
 */
export function rowSource(
  metric: MetricId,
  part?: string,
): RowSource | undefined {
  if (metric === 'support-load') {
    return tickets(part);
  }
  const sources = SOURCES[metric];
  return Object.hasOwn(sources, part ?? '') ? sources[part ?? ''] : undefined;
}

/** What can be asked for of a metric; any category of tickets. */
export function partsOf(metric: MetricId): string[] | undefined {
  return metric === 'support-load'
    ? undefined
    : Object.keys(SOURCES[metric]).filter(Boolean);
}
