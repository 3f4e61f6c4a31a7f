import {
  EntityFilter,
  isPostgres,
  jsonRows,
  readJsonRows,
} from '@waymark/backend-support';
import { Knex } from 'knex';
import { OUTCOME_OF_CODE } from '../../evaluation/outcomeOfCode';
import { FactIndex } from '../evidence/FactIndex';
import { EvidenceSource } from '../evidence/resolveEvidence';
import { EntityState } from './EntityState';
import { readExemptions } from './readExemptions';

type Outcome = readonly [
  ruleId: number,
  outcome: number,
  ruleRevisionId: number,
  since: number,
  exemptionId: number | null,
  detail: string | null,
];

type Fact = readonly [
  name: string,
  value: string,
  observedAt: number,
  source: string,
  collectorId: string | null,
];

type Standing = readonly [
  scorecardId: number,
  level: number,
  throughExemption: boolean | number,
  score: number | null,
  since: number,
];

/**
 * An entity as it stands, with one statement: this is what every page of an entity
 * asks for.
 *
 * @param options - `collectorOf`: the collector that tells a fact
 * @returns `undefined` when it is not there for the caller
 * @internal
 */
export async function readCurrentState(options: {
  knex: Knex;
  filter: EntityFilter;
  entityRef: string;
  now: number;
  collectorOf: (factName: string) => string | undefined;
}): Promise<EntityState | undefined> {
  const { knex, filter, entityRef, now, collectorOf } = options;
  const row = await readRow({ knex, filter, entityRef });
  if (!row) {
    return undefined;
  }

  const failures = new Map(
    readJsonRows<[collectorId: string, error: string]>(row.failures),
  );
  const failureOf = (collectorId: string) => failures.get(collectorId);
  const source: EvidenceSource = {
    document: lazily(() => JSON.parse(row.document)),
    facts: new FactIndex(
      readJsonRows<Fact>(row.facts).map(
        ([name, value, observedAt, from, collectorId]) => ({
          name,
          value,
          observedAt,
          source: from,
          collectorId,
        }),
      ),
    ),
    failureOf,
    failureFor: factName => {
      const collectorId = collectorOf(factName);
      return collectorId === undefined ? undefined : failureOf(collectorId);
    },
  };
  const hasExemptions = readJsonRows(row.exemptions).length > 0;
  return {
    subjectId: row.id,
    entityRef,
    rules: new Map(
      readJsonRows<Outcome>(row.outcomes).map(
        ([ruleId, outcome, ruleRevisionId, since, exemptionId, detail]) => [
          ruleId,
          {
            outcome: OUTCOME_OF_CODE[outcome],
            ruleRevisionId,
            since,
            detail: detail ?? undefined,
            exemptionId: exemptionId ?? undefined,
            source,
          },
        ],
      ),
    ),
    standings: new Map(
      readJsonRows<Standing>(row.standings).map(
        ([scorecardId, level, throughExemption, score, since]) => [
          scorecardId,
          {
            level,
            throughExemption: Boolean(throughExemption),
            score: score ?? undefined,
            since,
          },
        ],
      ),
    ),
    exemptions: hasExemptions
      ? await readExemptions({ knex, subjectId: row.id, now })
      : new Map(),
  };
}

interface Row {
  id: number;
  document: string;
  outcomes: unknown;
  facts: unknown;
  standings: unknown;
  failures: unknown;
  exemptions: unknown;
}

/** Stands for the ref of the entity in a statement that is kept. */
const ANY_REF = ':entity-ref:';

/** To compile it takes as long as all the rest that happens here. */
const statements = new WeakMap<EntityFilter, Knex.Sql>();

async function readRow(options: {
  knex: Knex;
  filter: EntityFilter;
  entityRef: string;
}): Promise<Row | undefined> {
  const { knex, filter, entityRef } = options;
  const statement = statements.get(filter) ?? compile(knex, filter);
  statements.set(filter, statement);
  const answer = await knex.raw(
    statement.sql,
    statement.bindings.map(value => (value === ANY_REF ? entityRef : value)),
  );
  const rows: Row[] = isPostgres(knex) ? answer.rows : answer;
  return rows[0];
}

function compile(knex: Knex, filter: EntityFilter): Knex.Sql {
  const ofSubject = (table: string) =>
    knex(table).where(`${table}.subject_id`, knex.ref('subjects.id'));
  const query = knex('subjects')
    .where({ 'subjects.ref': ANY_REF })
    .whereNull('subjects.deleted_at')
    .select('subjects.id', 'subjects.document')
    .select({
      outcomes: jsonRows(knex, ofSubject('outcomes'), [
        'outcomes.rule_id',
        'outcomes.outcome',
        'outcomes.rule_revision_id',
        'outcomes.since',
        'outcomes.exemption_id',
        'outcomes.detail',
      ]),
      facts: jsonRows(
        knex,
        ofSubject('facts').join('fact_names', 'fact_names.id', 'facts.fact_id'),
        [
          'fact_names.name',
          'facts.value',
          'facts.observed_at',
          'facts.source',
          'facts.collector_id',
        ],
      ),
      standings: jsonRows(knex, ofSubject('standings'), [
        'standings.scorecard_id',
        'standings.level',
        'standings.through_exemption',
        'standings.score',
        'standings.since',
      ]),
      failures: jsonRows(
        knex,
        ofSubject('collections').whereNotNull('collections.error'),
        ['collections.collector_id', 'collections.error'],
      ),
      exemptions: jsonRows(knex, ofSubject('exemptions'), ['exemptions.id']),
    });
  filter(query, 'subjects.id');
  return query.toSQL();
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
