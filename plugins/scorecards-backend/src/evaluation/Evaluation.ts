import { RuleOutcome } from '@waymark/plugin-scorecards-common';
import { ActiveExemptions } from '../exemptions/activeExemptions';
import { OUTCOME_CODES } from '../database/outcomeCodes';
import { EvaluatedBatch } from '../rules/RuleEvaluator';
import { EvaluationPlan } from './EvaluationPlan';
import { OUTCOME_OF_CODE } from './outcomeOfCode';
import { Subject } from './readSubjects';
import { ComputedStanding, computeStanding, counts } from './standing';

const {
  error: ERROR,
  exempt: EXEMPT,
  fail: FAIL,
  noData: NO_DATA,
} = OUTCOME_CODES;

/** What PostgreSQL does not take in a text. */
const NOT_STORABLE = /\0|\p{Surrogate}/gu;

/**
 * What rules say about some subjects at one time, exemptions regarded.
 *
 * @internal
 */
export class Evaluation {
  readonly subjects: readonly Subject[];
  readonly plan: EvaluationPlan;
  readonly now: number;
  readonly #batch: EvaluatedBatch;
  readonly #exemptions: ActiveExemptions;
  readonly #exemptionIds = new Map<number, number>();
  /** Rules that do not count yet. */
  readonly #ahead: { rule: number; effectiveFrom: number }[];

  constructor(options: {
    subjects: readonly Subject[];
    plan: EvaluationPlan;
    now: number;
    /** Taken over: exempt outcomes are noted in it. */
    batch: EvaluatedBatch;
    exemptions: ActiveExemptions;
  }) {
    this.subjects = options.subjects;
    this.plan = options.plan;
    this.now = options.now;
    this.#batch = options.batch;
    this.#exemptions = options.exemptions;
    this.#ahead = this.plan.rules.flatMap(({ effectiveFrom }, rule) =>
      effectiveFrom === undefined || counts({ effectiveFrom }, this.now)
        ? []
        : [{ rule, effectiveFrom }],
    );
    this.#excuse();
  }

  /**
   * @param subject - its index
   * @param rule - its index in the plan
   * @returns a code; 0: outside the population
   */
  code(subject: number, rule: number): number {
    return this.#batch.outcomes[subject * this.plan.rules.length + rule];
  }

  /** Of an error what went wrong; of an exempt outcome what it would be. */
  detail(subject: number, rule: number): string | undefined {
    return this.#batch.details.get(subject * this.plan.rules.length + rule);
  }

  exemptionId(subject: number, rule: number): number | undefined {
    return this.#exemptionIds.get(subject * this.plan.rules.length + rule);
  }

  /** @returns `undefined` outside the population */
  standing(subject: number, scorecard: number): ComputedStanding | undefined {
    const { definition, rules } = this.plan.scorecards[scorecard];
    const outcomes: RuleOutcome[] = [];
    for (const rule of rules) {
      const code = this.code(subject, rule);
      if (code === 0) {
        return undefined;
      }
      outcomes.push(OUTCOME_OF_CODE[code]);
    }
    return outcomes.length === 0
      ? undefined
      : computeStanding({ rules: definition.rules, outcomes, now: this.now });
  }

  /** When time alone may change something about a subject. */
  nextDueAt(subject: number): number | undefined {
    let next = Math.min(
      this.#batch.expiresAt[subject],
      this.#exemptions.nextChange(this.subjects[subject].id) ?? Infinity,
    );
    for (const { rule, effectiveFrom } of this.#ahead) {
      if (this.code(subject, rule) !== 0) {
        next = Math.min(next, effectiveFrom);
      }
    }
    // Never at once again, lest it goes round for ever
    return next === Infinity ? undefined : Math.max(next, this.now + 1);
  }

  #excuse(): void {
    const { outcomes, details } = this.#batch;
    const { rules } = this.plan;
    for (const [index, detail] of details) {
      details.set(index, detail.replace(NOT_STORABLE, '\ufffd'));
    }
    for (let s = 0; s < this.subjects.length; s++) {
      const subjectId = this.subjects[s].id;
      if (this.#exemptions.nextChange(subjectId) === undefined) {
        continue;
      }
      for (let r = 0; r < rules.length; r++) {
        const index = s * rules.length + r;
        const code = outcomes[index];
        if (code === FAIL || code === NO_DATA || code === ERROR) {
          const id = this.#exemptions.find({ subjectId, ruleId: rules[r].id });
          if (id !== undefined) {
            outcomes[index] = EXEMPT;
            details.set(index, OUTCOME_OF_CODE[code]);
            this.#exemptionIds.set(index, id);
          }
        }
      }
    }
  }
}
