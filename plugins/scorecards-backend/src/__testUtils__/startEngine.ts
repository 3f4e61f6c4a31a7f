import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { JsonValue } from '@backstage/types';
import { insertRows, toMillis } from '@waymark/backend-support';
import { RuleOutcome, ScorecardRule } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { deleteSubjects } from '../catalog/deleteSubjects';
import { writeEntities } from '../catalog/writeEntities';
import { DatabaseEvaluationQueue } from '../evaluation/DatabaseEvaluationQueue';
import { Evaluator } from '../evaluation/Evaluator';
import { FullPass } from '../evaluation/FullPass';
import { OUTCOME_OF_CODE } from '../evaluation/outcomeOfCode';
import { Rollups } from '../evaluation/Rollups';
import { DatabaseFactStore } from '../facts/DatabaseFactStore';
import { ScorecardMetrics } from '../metrics/ScorecardMetrics';
import { RuleEvaluator } from '../rules/RuleEvaluator';
import { WorkerRuleEvaluator } from '../rules/WorkerRuleEvaluator';
import { DatabaseScorecardRegistry } from '../scorecards/DatabaseScorecardRegistry';
import { ScorecardSync } from '../scorecards/ScorecardSync';

export const DAY = 24 * 3_600_000;

/** Evaluates the rules of a whole file of tests, and ends with them. */
export function rulesOfTests(): RuleEvaluator {
  const rules = new WorkerRuleEvaluator({
    logger: mockServices.logger.mock(),
  });
  afterAll(() => rules.close());
  return rules;
}

/** One replica. */
function createReplica(options: {
  knex: Knex;
  logger: LoggerService;
  now: () => number;
  rules: RuleEvaluator;
}) {
  const { knex, logger, now } = options;
  const registry = new DatabaseScorecardRegistry();
  const evaluator = new Evaluator({ ...options, registry });
  const rollups = new Rollups({ knex, now });
  const queue = new DatabaseEvaluationQueue({
    evaluator,
    knex,
    logger,
    metrics: new ScorecardMetrics({
      metrics: metricsServiceMock.mock(),
      collectorIds: () => [],
    }),
    now,
    rollups,
  });
  const fullPass = new FullPass({ evaluator, knex, queue, rollups });
  return { evaluator, fullPass, queue, registry, rollups };
}

const TABLES = [
  'subjects',
  'subject_search',
  'document_revisions',
  'fact_names',
  'facts',
  'fact_revisions',
  'scorecards',
  'scorecard_revisions',
  'rules',
  'rule_revisions',
  'outcomes',
  'outcome_transitions',
  'standings',
  'standing_transitions',
  'level_rollups',
  'exemptions',
  'progress',
];

/**
 * Everything between the catalog and the outcomes, on a database that is emptied
 * before; nothing happens unless the test says so.
 */
export async function startEngine(knex: Knex, rules: RuleEvaluator) {
  for (const table of TABLES) {
    await knex(table).delete();
  }
  const clock = { now: Date.parse('2026-11-20T12:00:00Z') };
  const now = () => clock.now;
  const logger = mockServices.logger.mock();
  const replica = createReplica({ knex, logger, now, rules });
  const sync = new ScorecardSync({ logger, now });
  const facts = DatabaseFactStore.create({
    clock: now,
    database: knex,
    wake: () => {},
  });

  const idOf = async (ref: string): Promise<number> =>
    (await knex('subjects').where({ ref }).first('id')).id;
  const ruleIdOf = async (rule: string): Promise<number> => {
    const [name, key] = rule.split('/');
    const row = await knex('rules as r')
      .join('scorecards as s', 's.id', 'r.scorecard_id')
      .where({ ref: `scorecard:default/${name}`, rule_key: key })
      .first('r.id');
    return row.id;
  };

  return {
    ...replica,
    clock,
    facts,
    knex,
    logger,
    now,
    rules,
    idOf,
    ruleIdOf,
    /** Another replica on the same database. */
    createReplica: () => createReplica({ knex, logger, now, rules }),

    /** As the catalog sees them from now on. */
    async put(...entities: Entity[]): Promise<void> {
      await knex.transaction(async tx => {
        const upserted = await writeEntities(tx, {
          entities,
          now: clock.now,
        });
        await sync.onEntities(tx, { upserted, deleted: [] });
      });
    },

    async remove(...refs: string[]): Promise<void> {
      await knex.transaction(async tx => {
        const subjects = await tx('subjects')
          .whereIn('ref', refs)
          .select('ref', 'etag');
        const deleted = await deleteSubjects(tx, {
          subjects,
          now: clock.now,
        });
        await sync.onEntities(tx, { upserted: [], deleted });
      });
    },

    async push(
      ref: string,
      values: { [name: string]: JsonValue },
      observedAt = clock.now,
    ): Promise<void> {
      const subjectId = await idOf(ref);
      await facts.push(
        Object.entries(values).map(([name, value]) => ({
          subjectId,
          name,
          value,
          observedAt,
          source: 'ci',
        })),
      );
    },

    /** An approved exemption, with the subject due as when it is approved. */
    async exempt(
      ref: string,
      rule: string,
      times: { from?: number; until: number },
    ): Promise<number> {
      const subjectId = await idOf(ref);
      const [{ id }] = await insertRows<{ id: number }>(knex, {
        table: 'exemptions',
        columns: [
          'subject_id',
          'rule_id',
          'state',
          'reason',
          'requested_by',
          'requested_at',
          'starts_at',
          'expires_at',
        ],
        rows: [
          [
            subjectId,
            await ruleIdOf(rule),
            'approved',
            'Because',
            'user:default/somebody',
            clock.now,
            times.from ?? clock.now,
            times.until,
          ],
        ],
        returning: ['id'],
      });
      await knex('subjects')
        .where({ id: subjectId })
        .update({ due_at: clock.now });
      return id;
    },

    /** Evaluates until nobody is due; returns how many evaluations it took. */
    async settle(): Promise<number> {
      let count = 0;
      for (;;) {
        const { subjectIds, scorecardIds } =
          await replica.evaluator.evaluateDue({ limit: 250, order: 'oldest' });
        replica.rollups.touch(scorecardIds);
        count += subjectIds.length;
        if (subjectIds.length === 0) {
          await replica.rollups.writeTouched();
          return count;
        }
      }
    },

    /** Current outcomes of an entity, by `scorecard/rule`. */
    async outcomes(ref: string): Promise<{ [rule: string]: RuleOutcome }> {
      const rows = await knex('outcomes as o')
        .join('rules as r', 'r.id', 'o.rule_id')
        .join('scorecards as s', 's.id', 'r.scorecard_id')
        .where('o.subject_id', await idOf(ref))
        .orderBy('r.id')
        .select('s.ref', 'r.rule_key', 'o.outcome');
      return Object.fromEntries(
        rows.map(row => [
          `${row.ref.split('/')[1]}/${row.rule_key}`,
          OUTCOME_OF_CODE[row.outcome],
        ]),
      );
    },

    /** Transitions of a rule for an entity, oldest first. */
    async history(ref: string, rule: string) {
      const rows = await knex('outcome_transitions')
        .where({
          subject_id: await idOf(ref),
          rule_id: await ruleIdOf(rule),
        })
        .orderBy('id');
      return rows.map(row => ({
        at: toMillis(row.at),
        outcome:
          row.outcome === null
            ? undefined
            : (OUTCOME_OF_CODE[row.outcome] as RuleOutcome),
        version: row.version as number,
        exemptionId: row.exemption_id ?? undefined,
        detail: row.detail ?? undefined,
        revisionId: row.rule_revision_id as number,
      }));
    },

    /** Transitions of level and score of an entity, oldest first. */
    async standings(ref: string) {
      const rows = await knex('standing_transitions as t')
        .join('scorecards as s', 's.id', 't.scorecard_id')
        .where({
          subject_id: await idOf(ref),
          's.ref': 'scorecard:default/readiness',
        })
        .orderBy('t.id')
        .select('t.*');
      return rows.map(row => ({
        at: toMillis(row.at),
        level: row.level as number | null,
        through: Boolean(row.through_exemption),
        score: row.score as number | null,
        previousLevel: row.previous_level as number | null,
        isNews: row.notified_at === null,
      }));
    },

    async dueAt(ref: string): Promise<number | undefined> {
      const row = await knex('subjects').where({ ref }).first('due_at');
      return toMillis(row.due_at as string | number | null);
    },
  };
}

export type Engine = Awaited<ReturnType<typeof startEngine>>;

/** A service. */
export function service(
  name: string,
  spec: { [key: string]: JsonValue } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    spec: { type: 'service', lifecycle: 'production', owner: 'a', ...spec },
  };
}

/** A scorecard over all services, with bronze and silver. */
export function scorecard(
  rules: (Omit<ScorecardRule, 'title'> & { title?: string })[],
  options: {
    name?: string;
    lifecycle?: string;
    levels?: string[];
    appliesTo?: JsonValue;
    description?: string;
  } = {},
): Entity {
  const { name = 'readiness', levels = ['bronze', 'silver'] } = options;
  return {
    apiVersion: 'waymark.dev/v1alpha1',
    kind: 'Scorecard',
    metadata: { name, namespace: 'default', description: options.description },
    spec: {
      owner: 'group:default/platform',
      lifecycle: options.lifecycle ?? 'live',
      appliesTo: options.appliesTo ?? {
        kind: 'Component',
        'spec.type': 'service',
      },
      levels: levels.map(id => ({ id })),
      rules: rules.map(rule => ({ title: rule.id, ...rule })),
    } as unknown as Entity['spec'],
  };
}

export const refOf = stringifyEntityRef;

/**
 * Evaluates what is due, and throws when something does not hold that must always
 * hold afterwards.
 */
export async function assertConsistent(engine: Engine): Promise<void> {
  await engine.settle();
  const { knex, now } = engine;
  const newest = (table: string, pair: string) =>
    knex(`${table} as t`).whereNotExists(
      knex(`${table} as n`)
        .select(knex.raw('1'))
        .whereRaw('n.subject_id = t.subject_id')
        .whereRaw(`n.${pair} = t.${pair}`)
        .whereRaw('n.id > t.id'),
    );
  const facts = (rows: any[]) => rows.map(row => JSON.stringify(row)).sort();
  const outcome = [
    'subject_id',
    'rule_id',
    'outcome',
    'rule_revision_id',
    'exemption_id',
    'detail',
  ];
  const standing = [
    'subject_id',
    'scorecard_id',
    'level',
    'through_exemption',
    'score',
    'scorecard_revision_id',
  ];
  const backwards = (table: string, pair: string) =>
    knex(`${table} as t`)
      .join(`${table} as n`, join =>
        join
          .on('n.subject_id', 't.subject_id')
          .andOn(`n.${pair}`, `t.${pair}`)
          .andOn('n.id', '>', 't.id')
          .andOn('n.at', '<', 't.at'),
      )
      .select('t.id');
  const checks: [sentence: string, isTrue: boolean][] = [
    [
      'nobody is due',
      (await knex('subjects').where('due_at', '<=', now()).select('id'))
        .length === 0,
    ],
    [
      'the newest transition of each outcome is what is current',
      facts(await knex('outcomes').select(outcome)).join() ===
        facts(
          await newest('outcome_transitions', 'rule_id')
            .whereNotNull('outcome')
            .select(outcome),
        ).join(),
    ],
    [
      'the newest transition of each standing is what is current',
      facts(await knex('standings').select(standing)).join() ===
        facts(
          await newest('standing_transitions', 'scorecard_id')
            .whereNotNull('level')
            .select(standing),
        ).join(),
    ],
    [
      'no transition is older than the one before it',
      (await backwards('outcome_transitions', 'rule_id')).length +
        (await backwards('standing_transitions', 'scorecard_id')).length ===
        0,
    ],
  ];
  const wrong = checks.flatMap(([sentence, isTrue]) =>
    isTrue ? [] : [sentence],
  );
  if (wrong.length > 0) {
    throw new Error(`It does not hold that ${wrong.join(', and that ')}`);
  }
}
