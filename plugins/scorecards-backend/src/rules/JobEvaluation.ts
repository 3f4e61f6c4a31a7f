import { readsFact } from '@waymark/plugin-scorecards-node';
import { OUTCOME_CODES } from '../database/outcomeCodes';
import { EvaluationJob } from './EvaluationJob';
import { EvaluationProgress } from './EvaluationProgress';
import { PredicateSet } from './PredicateSet';
import { CachedCheck, failedCheck, RuleCache } from './RuleCache';
import { SubjectToEvaluate } from './RuleEvaluator';
import { SubjectFacts } from './SubjectFacts';

/**
 * Characters of JSON of one subject. Much more could take all memory at once while
 * it is parsed, which ends more than the thread.
 */
const MAX_SUBJECT_LENGTH = 4_000_000;

function lengthOf({ document, facts }: SubjectToEvaluate): number {
  return facts.reduce((sum, [, value]) => sum + value.length, document.length);
}

interface PreparedRule {
  check: CachedCheck;
  population: number;
  appliesTo: number[];
  maxAge: number | undefined;
}

/**
 * Evaluates what is left of a batch.
 *
 * @internal
 */
export class JobEvaluation {
  readonly #progress: EvaluationProgress;
  readonly #outcomes: Uint8Array;
  readonly #expiresAt: Float64Array;
  readonly #predicates = new PredicateSet();
  readonly #rules: PreparedRule[];
  /** The rules with a `maxAge` that read the fact of a name. */
  readonly #readers = new Map<string, number[]>();
  #details: [index: number, detail: string][] = [];

  constructor(
    private readonly job: EvaluationJob,
    cache: RuleCache,
    private readonly report: (details: [number, string][]) => void,
  ) {
    this.#progress = new EvaluationProgress(job.progress);
    this.#outcomes = new Uint8Array(job.outcomes);
    this.#expiresAt = new Float64Array(job.expiresAt);
    this.#rules = job.batch.rules.map((rule, index) => {
      this.#progress.enter('compile', 0, index);
      const failure = job.failedRules.get(index);
      return {
        // It may be that reading it was too much
        check:
          failure === undefined ? cache.get(rule.check) : failedCheck(failure),
        population: this.#predicates.add(rule.population),
        appliesTo: (rule.appliesTo ?? []).map(predicate =>
          this.#predicates.add(predicate),
        ),
        maxAge: rule.maxAge,
      };
    });
  }

  run(): void {
    const { subjects } = this.job.batch;
    for (let index = this.job.from; index < subjects.length; index++) {
      this.#progress.enter('parse', index, 0);
      this.#evaluateSubject(index, subjects[index]);
      this.#flush(index + 1);
    }
  }

  /** Each subject at once: what is done is not done again when the thread is ended. */
  #flush(subjects: number): void {
    if (this.#details.length > 0) {
      this.report(this.#details);
      this.#details = [];
    }
    this.#progress.reported(subjects);
  }

  #fail(index: number, detail: string): void {
    this.#outcomes[index] = OUTCOME_CODES.error;
    this.#details.push([index, detail]);
  }

  #evaluateSubject(index: number, subject: SubjectToEvaluate): void {
    const first = index * this.#rules.length;
    const failure = this.#readFailure(index, subject);
    if (failure !== undefined) {
      this.#rules.forEach((_, rule) => this.#fail(first + rule, failure));
      return;
    }
    const entity: unknown = JSON.parse(subject.document);
    const facts = new SubjectFacts(subject.facts, this.job.batch.now);
    this.#predicates.enter(entity);
    this.#rules.forEach((rule, ruleIndex) => {
      this.#progress.enter('select', index, ruleIndex);
      if (this.#select(first + ruleIndex, rule)) {
        this.#progress.enter('evaluate', index, ruleIndex);
        this.#evaluateRule(first + ruleIndex, rule, entity, facts);
      }
    });
    this.#expiresAt[index] = this.#nextExpiry(first, subject.facts);
  }

  /** Why it cannot be read. */
  #readFailure(index: number, subject: SubjectToEvaluate): string | undefined {
    return (
      this.job.failedSubjects.get(index) ??
      (lengthOf(subject) > MAX_SUBJECT_LENGTH
        ? `The entity and its facts have more than ${MAX_SUBJECT_LENGTH.toLocaleString(
            'en',
          )} characters`
        : undefined)
    );
  }

  /** Whether the rule is for the subject; if not, that is its outcome. */
  #select(index: number, rule: PreparedRule): boolean {
    const failure = this.job.failedSelections.get(index);
    if (failure !== undefined) {
      this.#fail(index, failure);
      return false;
    }
    try {
      if (!this.#predicates.matches(rule.population)) {
        this.#outcomes[index] = 0;
        return false;
      }
      if (!rule.appliesTo.every(one => this.#predicates.matches(one))) {
        this.#outcomes[index] = OUTCOME_CODES.notApplicable;
        return false;
      }
      return true;
    } catch (error) {
      this.#fail(
        index,
        `It cannot be said for which entities it is: ${error}`.slice(0, 500),
      );
      return false;
    }
  }

  #evaluateRule(
    index: number,
    rule: PreparedRule,
    entity: unknown,
    facts: SubjectFacts,
  ): void {
    const result = rule.check.evaluate({
      entity,
      facts: facts.tree(rule.maxAge),
      now: this.job.batch.now,
    });
    if (result.outcome === 'error') {
      this.#fail(index, result.detail);
    } else {
      this.#outcomes[index] = OUTCOME_CODES[result.outcome];
    }
  }

  #nextExpiry(first: number, facts: SubjectToEvaluate['facts']): number {
    const { now } = this.job.batch;
    let next = Infinity;
    for (const [name, , observedAt] of facts) {
      for (const rule of this.#readersOf(name)) {
        const outcome = this.#outcomes[first + rule];
        if (outcome !== 0 && outcome !== OUTCOME_CODES.notApplicable) {
          const expiry = observedAt + this.#rules[rule].maxAge!;
          if (expiry > now && expiry < next) {
            next = expiry;
          }
        }
      }
    }
    return next;
  }

  #readersOf(name: string): number[] {
    let readers = this.#readers.get(name);
    if (!readers) {
      readers = this.#rules.flatMap(({ check, maxAge }, index) =>
        maxAge !== undefined &&
        check.factPaths.some(({ segments }) => readsFact(segments, name))
          ? [index]
          : [],
      );
      this.#readers.set(name, readers);
    }
    return readers;
  }
}
