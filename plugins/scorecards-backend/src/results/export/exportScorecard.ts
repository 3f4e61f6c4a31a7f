import { Exemption } from '@waymark/plugin-scorecards-common';
import { readsFact } from '@waymark/plugin-scorecards-node';
import { Knex } from 'knex';
import { lastTransitions } from '../../database/lastTransitions';
import { toMillis } from '../../database/toMillis';
import { whereAny } from '../../database/whereAny';
import { OUTCOME_OF_CODE } from '../../evaluation/outcomeOfCode';
import {
  exemptionColumns,
  ExemptionRow,
  exemptionRows,
  toExemption,
} from '../../exemptions/ExemptionRow';
import { SubjectFilter } from '../../permissions/SubjectFilter';
import { ScorecardDefinition } from '../../scorecards/ScorecardDefinition';
import { VersionedEvidence } from '../entity/VersionedEvidence';
import { pathsOf } from '../evidence/CheckAnalyses';
import {
  selectStandings,
  STANDING_COLUMNS,
  StandingRow,
} from '../list/selectStandings';
import { RuleRevisions } from '../RuleRevisions';
import { csvLine } from './csv';
import { EXPORT_COLUMNS, ExportedEntity, exportRows } from './exportRows';

/** Of one batch: with their facts, some megabytes. */
const BATCH_SIZE = 200;

/** Excel takes a file without it for one in the code page of the machine. */
const BYTE_ORDER_MARK = '\ufeff';

interface ExportOptions {
  knex: Knex;
  filter: SubjectFilter;
  scorecard: ScorecardDefinition;
  revisions: RuleRevisions;
  /** In milliseconds. */
  at: number;
}

interface TransitionRow {
  subject_id: number;
  rule_id: number;
  at: string | number;
  outcome: number;
  rule_revision_id: number;
  version: number;
  exemption_id: number | null;
  detail: string | null;
}

/**
 * A scorecard as a file for an audit, piece by piece. It is what history says of
 * one time, also when that is now: the pieces fit together however long it takes.
 *
 * @internal
 */
export async function* exportScorecard(
  options: ExportOptions,
): AsyncIterable<string> {
  const { knex, filter, scorecard, at } = options;
  yield BYTE_ORDER_MARK + csvLine(EXPORT_COLUMNS);

  const factIds = await readFactIds(knex, scorecard);
  for (let last: string | undefined; ; ) {
    const query = selectStandings({
      knex,
      filter,
      query: { scorecard, asOf: at },
    })
      .orderBy('subjects.ref')
      .limit(BATCH_SIZE)
      .select(...STANDING_COLUMNS);
    if (last !== undefined) {
      query.where('subjects.ref', '>', last);
    }
    const rows: StandingRow[] = await query;
    if (rows.length === 0) {
      return;
    }
    last = rows[rows.length - 1].ref;
    const entities = await toExported({ ...options, rows, factIds });
    yield entities
      .flatMap(entity => exportRows({ scorecard, entity, at }))
      .map(csvLine)
      .join('');
  }
}

/** Those that some rule reads, or read in an earlier revision. */
async function readFactIds(
  knex: Knex,
  scorecard: ScorecardDefinition,
): Promise<number[]> {
  const revisions: { definition: string }[] = await whereAny(
    knex,
    knex('rule_revisions').select('definition'),
    'rule_id',
    scorecard.rules.map(({ id }) => id),
  );
  const paths = revisions
    .map(({ definition }): string => JSON.parse(definition).check)
    .flatMap(check => pathsOf(check).facts);
  const names: { id: number; name: string }[] = await knex('fact_names').select(
    'id',
    'name',
  );
  return names
    .filter(({ name }) => paths.some(path => readsFact(path.segments, name)))
    .map(({ id }) => id);
}

async function toExported(
  options: ExportOptions & {
    rows: readonly StandingRow[];
    factIds: readonly number[];
  },
): Promise<ExportedEntity[]> {
  const { knex, scorecard, at, rows, factIds } = options;
  const subjectIds = rows.map(({ id }) => id);
  const ruleIds = scorecard.rules.map(({ id }) => id);
  const narrow = (query: Knex.QueryBuilder) => {
    whereAny(knex, query, 'subject_id', subjectIds);
    whereAny(knex, query, 'rule_id', ruleIds);
  };
  const outcomes: TransitionRow[] = await lastTransitions({
    knex,
    table: 'outcome_transitions',
    at,
    narrow,
  })
    .whereNotNull('outcome')
    .select(
      'subject_id',
      'rule_id',
      'at',
      'outcome',
      'rule_revision_id',
      'version',
      'exemption_id',
      'detail',
    );
  const revisions = await options.revisions.get(
    outcomes.map(row => row.rule_revision_id),
  );
  const evidence = await VersionedEvidence.readMany(knex, subjectIds, factIds);
  const exemptions = await readExemptions(
    knex,
    outcomes.flatMap(row => row.exemption_id ?? []),
    at,
  );

  const rules = new Map<number, Map<number, ReturnType<typeof toRule>>>();
  function toRule(row: TransitionRow) {
    const source = evidence.get(row.subject_id)?.at(row.version);
    if (!source) {
      throw new Error(`There is no evidence for subject ${row.subject_id}`);
    }
    return {
      outcome: OUTCOME_OF_CODE[row.outcome],
      since: toMillis(row.at),
      detail: row.detail ?? undefined,
      exemption:
        row.exemption_id === null
          ? undefined
          : exemptions.get(row.exemption_id),
      revision: revisions.get(row.rule_revision_id),
      source,
    };
  }
  for (const row of outcomes) {
    const ofSubject = rules.get(row.subject_id) ?? new Map();
    rules.set(row.subject_id, ofSubject.set(row.rule_id, toRule(row)));
  }
  return rows.map(row => ({
    ref: row.ref,
    title: row.title ?? undefined,
    owner: row.owner_ref ?? undefined,
    system: row.system_ref ?? undefined,
    deletedAt: row.deleted_at === null ? undefined : toMillis(row.deleted_at),
    standing: {
      level: row.level,
      throughExemption: Boolean(row.through_exemption),
      score: row.score ?? undefined,
      since: toMillis(row.since),
    },
    rules: rules.get(row.id) ?? new Map(),
  }));
}

async function readExemptions(
  knex: Knex,
  ids: readonly number[],
  at: number,
): Promise<ReadonlyMap<number, Exemption>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows: ExemptionRow[] = await whereAny(
    knex,
    exemptionRows(knex),
    'exemptions.id',
    ids,
  ).select(exemptionColumns);
  return new Map(rows.map(row => [row.id, toExemption(row, at)]));
}
