/**
 * What is being done: reading the expression of a rule, reading a subject, finding
 * out whether a rule is for a subject, or evaluating it.
 *
 * @internal
 */
export type EvaluationPhase = (typeof PHASES)[number];

const PHASES = ['compile', 'parse', 'select', 'evaluate'] as const;

const TICK = 0;
const SUBJECT = 1;
const RULE = 2;
const PHASE = 3;
const REPORTED = 4;

/**
 * Tells one thread how far another one has come, also when that one never answers
 * again.
 *
 * @internal
 */
export class EvaluationProgress {
  readonly #cells: Int32Array;

  constructor(
    readonly memory = new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT),
  ) {
    this.#cells = new Int32Array(memory);
  }

  /** Something new begins. Where there is no subject or no rule, it is 0. */
  enter(phase: EvaluationPhase, subject: number, rule: number): void {
    this.#cells[SUBJECT] = subject;
    this.#cells[RULE] = rule;
    this.#cells[PHASE] = PHASES.indexOf(phase);
    Atomics.add(this.#cells, TICK, 1);
  }

  /** All subjects before this one are done, and what is to be said of them is said. */
  reported(subjects: number): void {
    Atomics.store(this.#cells, REPORTED, subjects);
  }

  /** Changes with each thing that begins; 0 before the first. */
  get tick(): number {
    return Atomics.load(this.#cells, TICK);
  }

  get subject(): number {
    return Atomics.load(this.#cells, SUBJECT);
  }

  get rule(): number {
    return Atomics.load(this.#cells, RULE);
  }

  get phase(): EvaluationPhase {
    return PHASES[Atomics.load(this.#cells, PHASE)];
  }

  get reportedSubjects(): number {
    return Atomics.load(this.#cells, REPORTED);
  }
}
