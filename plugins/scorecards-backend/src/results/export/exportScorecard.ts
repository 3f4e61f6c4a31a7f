import {
  csvLine,
  NarrowEntities,
  toMillis,
  whereAny,
} from '@waymark/backend-support';
import { Exemption } from '@waymark/plugin-scorecards-common';
import { readsFact } from '@waymark/plugin-scorecards-node';
import { Knex } from 'knex';
import {
  exemptionColumns,
  ExemptionRow,
  exemptionRows,
  toExemption,
} from '../../exemptions/ExemptionRow';
import { ScorecardDefinition } from '../../scorecards/ScorecardDefinition';
import { readPastRules } from '../entity/readPastRules';
import { VersionedEvidence } from '../entity/VersionedEvidence';
import { pathsOf } from '../evidence/CheckAnalyses';
import { EvidenceSource } from '../evidence/resolveEvidence';
import { ResultsFilter } from '../list/ResultsQuery';
import {
  selectStandings,
  STANDING_COLUMNS,
  StandingRow,
} from '../list/selectStandings';
import { RuleRevisions } from '../RuleRevisions';
import { EXPORT_COLUMNS, ExportedEntity, exportRows } from './exportRows';

/** Of one batch: with their facts, some megabytes. */
const BATCH_SIZE = 200;

interface ExportOptions {
  knex: Knex;
  /** To what the caller may read, and asks for. */
  narrow: NarrowEntities;
  /** Which of those; each comes with all of its rules. */
  wanted: Omit<ResultsFilter, 'asOf'>;
  revisions: RuleRevisions;
  /** In milliseconds. */
  at: number;
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
  const { knex, narrow, wanted, at } = options;
  const { scorecard } = wanted;
  yield csvLine(EXPORT_COLUMNS);

  const factIds = await readFactIds(knex, scorecard);
  for (let last: string | undefined; ; ) {
    const query = selectStandings({
      knex,
      narrow,
      query: { ...wanted, asOf: at },
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
  const { knex, at, rows, factIds } = options;
  const { scorecard } = options.wanted;
  const subjectIds = rows.map(({ id }) => id);
  const ruleIds = scorecard.rules.map(({ id }) => id);
  const past = await readPastRules({ knex, subjectIds, ruleIds, at });
  const all = [...past.values()].flatMap(ofSubject => [...ofSubject.values()]);
  const revisions = await options.revisions.get(
    all.map(({ ruleRevisionId }) => ruleRevisionId),
  );
  const evidence = await VersionedEvidence.readMany(knex, subjectIds, factIds);
  const exemptions = await readExemptions(
    knex,
    all.flatMap(({ exemptionId }) => exemptionId ?? []),
    at,
  );

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
    rules: new Map(
      [...(past.get(row.id) ?? [])].map(([ruleId, rule]) => [
        ruleId,
        {
          ...rule,
          exemption:
            rule.exemptionId === undefined
              ? undefined
              : exemptions.get(rule.exemptionId),
          revision: revisions.get(rule.ruleRevisionId),
          source: sourceOf(evidence, row.id, rule.version),
        },
      ]),
    ),
  }));
}

function sourceOf(
  evidence: ReadonlyMap<number, VersionedEvidence>,
  subjectId: number,
  version: number,
): EvidenceSource {
  const ofSubject = evidence.get(subjectId);
  if (!ofSubject) {
    throw new Error(`The evidence of subject ${subjectId} was not read`);
  }
  return ofSubject.at(version);
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
