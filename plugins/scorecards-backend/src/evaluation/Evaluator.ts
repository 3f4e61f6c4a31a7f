import { inTransaction, updateRows } from '@waymark/backend-support';
import { RuleOutcome } from '@waymark/plugin-scorecards-common';
import { Knex } from 'knex';
import { Clock } from '../clock/clockServiceRef';
import { activeExemptions } from '../exemptions/activeExemptions';
import { RuleEvaluator } from '../rules/RuleEvaluator';
import { lockDefinitions } from '../scorecards/definitionLock';
import { ScorecardRegistry } from '../scorecards/ScorecardRegistry';
import { Evaluation } from './Evaluation';
import { planEvaluation } from './EvaluationPlan';
import { findDifferences } from './findDifferences';
import { OUTCOME_OF_CODE } from './outcomeOfCode';
import { readFacts } from './readFacts';
import { claimDueSubjects, claimSubjects, Subject } from './readSubjects';
import { readPackedOutcomes } from './storedOutcomes';
import { readStandings } from './storedStandings';
import { writeOutcomes } from './writeOutcomes';
import { writeStandings } from './writeStandings';

/**
 * What a batch came to.
 *
 * @internal
 */
export interface EvaluatedSubjects {
  subjectIds: number[];
  milliseconds: number;
  /** Scorecards on which somebody stands elsewhere now. */
  scorecardIds: Set<number>;
  /** How many outcomes were written. */
  outcomes: Map<RuleOutcome | 'none', number>;
}

/** An evaluation beside what was stored before it. */
interface Compared {
  evaluation: Evaluation;
  standings: Awaited<ReturnType<typeof readStandings>>;
  /** Indexes of the subjects of which an outcome or a standing differs. */
  different: number[];
}

/**
 * Evaluates subjects in batches, each in one transaction that claims them,
 * writes what differs and says when they are due again. Who dies in it leaves
 * nothing behind: the subjects are still due.
 *
 * @internal
 */
export class Evaluator {
  readonly #knex: Knex;
  readonly #now: Clock;
  readonly #registry: ScorecardRegistry;
  readonly #rules: RuleEvaluator;

  constructor(options: {
    knex: Knex;
    now: Clock;
    registry: ScorecardRegistry;
    rules: RuleEvaluator;
  }) {
    this.#knex = options.knex;
    this.#now = options.now;
    this.#registry = options.registry;
    this.#rules = options.rules;
  }

  /** Evaluates some of those that are due. */
  async evaluateDue(options: {
    limit: number;
    order: 'oldest' | 'newest';
  }): Promise<EvaluatedSubjects> {
    return this.#evaluateClaimed((tx, now) =>
      claimDueSubjects(tx, { ...options, now }),
    );
  }

  /** Evaluates these, but for those that somebody else has at hand. */
  async evaluate(subjectIds: readonly number[]): Promise<EvaluatedSubjects> {
    return this.#evaluateClaimed(tx => claimSubjects(tx, subjectIds));
  }

  /**
   * Of subjects that are not due, the ids of those that should be evaluated: of
   * whom something else is stored, or who are not due in time. Writes nothing.
   */
  async findOverdue(subjects: readonly Subject[]): Promise<number[]> {
    const now = this.#now();
    const waiting = subjects.filter(
      ({ dueAt }) => dueAt === undefined || dueAt > now,
    );
    if (waiting.length === 0) {
      return [];
    }
    const { evaluation, different } = await this.#compare(this.#knex, {
      subjects: waiting,
      now,
    });
    const found = new Set(different);
    return waiting
      .filter(
        ({ dueAt = Infinity }, subject) =>
          found.has(subject) ||
          (evaluation.nextDueAt(subject) ?? Infinity) < dueAt,
      )
      .map(({ id }) => id);
  }

  async #evaluateClaimed(
    claim: (tx: Knex.Transaction, now: number) => Promise<Subject[]>,
  ): Promise<EvaluatedSubjects> {
    const started = performance.now();
    const result = await inTransaction(this.#knex, async tx => {
      await lockDefinitions(tx, 'shared');
      const now = this.#now();
      const subjects = await claim(tx, now);
      return subjects.length === 0
        ? { subjectIds: [], scorecardIds: new Set<number>(), counts: new Map() }
        : write(tx, await this.#compare(tx, { subjects, now }));
    });
    return {
      subjectIds: result.subjectIds,
      scorecardIds: result.scorecardIds,
      milliseconds: performance.now() - started,
      outcomes: new Map(
        [...result.counts].map(([code, count]) => [
          OUTCOME_OF_CODE[code] ?? 'none',
          count,
        ]),
      ),
    };
  }

  async #compare(
    tx: Knex,
    options: { subjects: readonly Subject[]; now: number },
  ): Promise<Compared> {
    const { subjects, now } = options;
    const ids = subjects.map(({ id }) => id);
    const plan = planEvaluation(await this.#registry.inForce(tx));
    const facts = await readFacts(tx, ids);
    const exemptions = await activeExemptions(tx, ids, now);
    const [batch, stored] = await Promise.all([
      this.#rules.evaluate({
        rules: plan.checks,
        subjects: subjects.map(({ id, document }) => ({
          document,
          facts: facts.get(id) ?? [],
        })),
        now,
      }),
      // Meanwhile
      readStored(tx, ids),
    ]);
    const evaluation = new Evaluation({
      subjects,
      plan,
      now,
      batch,
      exemptions,
    });
    return {
      evaluation,
      standings: stored.standings,
      different: findDifferences(evaluation, stored),
    };
  }
}

async function readStored(tx: Knex, ids: readonly number[]) {
  return {
    outcomes: await readPackedOutcomes(tx, ids),
    standings: await readStandings(tx, ids),
  };
}

async function write(
  tx: Knex.Transaction,
  { evaluation, standings, different }: Compared,
) {
  const { subjects, now } = evaluation;
  // Not even a clock that was set back makes one transition older than the last
  const at = (subject: number) =>
    Math.max(now, subjects[subject].transitionedAt);
  const options = { evaluation, subjects: different, at };
  const outcomes = await writeOutcomes(tx, options);
  const levels = await writeStandings(tx, { ...options, stored: standings });

  await updateRows(tx, {
    table: 'subjects',
    keys: ['id'],
    columns: ['due_at', 'transitioned_at', 'referenced_version'],
    rows: subjects.flatMap((subject, index) => {
      const { id, version } = subject;
      const dueAt = evaluation.nextDueAt(index);
      const isChanged = outcomes.changed.has(id) || levels.changed.has(id);
      const isReferenced = outcomes.referenced.has(id);
      return isChanged || dueAt !== subject.dueAt
        ? [
            [
              id,
              dueAt,
              isChanged ? at(index) : subject.transitionedAt,
              isReferenced ? version : subject.referencedVersion,
            ],
          ]
        : [];
    }),
  });
  return {
    subjectIds: subjects.map(({ id }) => id),
    scorecardIds: levels.scorecards,
    counts: outcomes.counts,
  };
}
