import { LoggerService } from '@backstage/backend-plugin-api';
import pLimit from 'p-limit';
import { EvaluationProgress } from './EvaluationProgress';
import { EvaluationThread, ThreadLostError } from './EvaluationThread';
import { Quarantine } from './Quarantine';
import {
  EvaluatedBatch,
  EvaluationBatch,
  RuleEvaluator,
} from './RuleEvaluator';

/** A busy machine may keep a thread waiting: the second time it gets more time. */
const SECOND_CHANCE = 4;

/** Losing a thread for no reason of a rule or a subject. */
const MAX_UNEXPLAINED = 3;

/** @internal */
export interface WorkerRuleEvaluatorOptions {
  logger: LoggerService;
  /** At a time. Default: 2. */
  maxThreads?: number;
  /**
   * What one rule may take for one subject, by the clock on the wall: where other
   * work takes the processor, an innocent rule waits, too. Default: 1000.
   */
  maxEvaluationMs?: number;
  /** Of each thread. Default: 256. */
  memoryMb?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** What is known of a batch while it is evaluated. */
class BatchState {
  readonly progress = new EvaluationProgress();
  readonly outcomes: SharedArrayBuffer;
  readonly expiresAt: SharedArrayBuffer;
  readonly details = new Map<number, string>();
  readonly failedRules = new Map<number, string>();
  readonly failedSubjects = new Map<number, string>();
  readonly failedSelections = new Map<number, string>();
  readonly suspects = new Set<string>();
  unexplained = 0;

  constructor(readonly batch: EvaluationBatch) {
    const { rules, subjects } = batch;
    this.outcomes = new SharedArrayBuffer(subjects.length * rules.length);
    this.expiresAt = new SharedArrayBuffer(
      subjects.length * Float64Array.BYTES_PER_ELEMENT,
    );
    new Float64Array(this.expiresAt).fill(Infinity);
  }

  result(): EvaluatedBatch {
    return {
      outcomes: new Uint8Array(this.outcomes).slice(),
      details: this.details,
      expiresAt: new Float64Array(this.expiresAt).slice(),
    };
  }
}

/** What is to blame when something takes too much. */
function suspectOf({ phase, subject, rule }: EvaluationProgress): string {
  switch (phase) {
    case 'parse':
      return `subject ${subject}`;
    case 'select':
      return `subject ${subject} and rule ${rule}`;
    default:
      return `rule ${rule}`;
  }
}

/**
 * Evaluates in threads of limited memory, under a watch. Each batch has a thread
 * for itself, and a new one whenever something ends it.
 *
 * @internal
 */
export class WorkerRuleEvaluator implements RuleEvaluator {
  readonly #logger: LoggerService;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #maxEvaluationMs: number;
  readonly #memoryMb: number;
  readonly #quarantine: Quarantine;
  readonly #idle: EvaluationThread[] = [];
  readonly #busy = new Set<EvaluationThread>();
  #isClosed = false;

  constructor(options: WorkerRuleEvaluatorOptions) {
    this.#logger = options.logger;
    this.#limit = pLimit(options.maxThreads ?? 2);
    this.#maxEvaluationMs = options.maxEvaluationMs ?? 1000;
    this.#memoryMb = options.memoryMb ?? 256;
    this.#quarantine = new Quarantine(options.now ?? Date.now);
  }

  async evaluate(batch: EvaluationBatch): Promise<EvaluatedBatch> {
    const state = new BatchState(batch);
    if (batch.rules.length > 0 && batch.subjects.length > 0) {
      batch.rules.forEach(({ check }, index) => {
        const reason = this.#quarantine.reasonFor(check);
        if (reason) {
          state.failedRules.set(index, reason);
        }
      });
      await this.#limit(() => this.#complete(state));
    }
    return state.result();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const threads = [...this.#idle.splice(0), ...this.#busy];
    await Promise.all(threads.map(thread => thread.close()));
  }

  /** Goes on until nothing is left, whatever is lost on the way. */
  async #complete(state: BatchState): Promise<void> {
    for (;;) {
      try {
        await this.#run(state);
        return;
      } catch (error) {
        if (!(error instanceof ThreadLostError) || this.#isClosed) {
          throw error;
        }
        this.#blame(state, error);
      }
    }
  }

  async #run(state: BatchState): Promise<void> {
    if (this.#isClosed) {
      throw new Error('The evaluation of scorecards has ended');
    }
    const thread = this.#take();
    this.#busy.add(thread);
    const from = state.progress.reportedSubjects;
    // Each thread counts anew; what the last one did is known by then
    const progress = new EvaluationProgress();
    progress.reported(from);
    try {
      await thread.run(
        {
          batch: state.batch,
          from,
          failedRules: state.failedRules,
          failedSubjects: state.failedSubjects,
          failedSelections: state.failedSelections,
          progress: progress.memory,
          outcomes: state.outcomes,
          expiresAt: state.expiresAt,
        },
        {
          allowedMs: at => this.#allowedMs(state, at),
          checkEveryMs: Math.max(1, this.#maxEvaluationMs / 5),
          onDetails: details => {
            for (const [index, detail] of details) {
              state.details.set(index, detail);
            }
          },
        },
      );
    } finally {
      state.progress.reported(progress.reportedSubjects);
      this.#busy.delete(thread);
      if (thread.isLost || this.#isClosed) {
        await thread.close();
      } else {
        this.#idle.push(thread);
      }
    }
  }

  #allowedMs(state: BatchState, at: EvaluationProgress): number {
    if (at.reportedSubjects === state.batch.subjects.length) {
      // It is done, and has only not been heard yet
      return Infinity;
    }
    return state.suspects.has(suspectOf(at))
      ? this.#maxEvaluationMs * SECOND_CHANCE
      : this.#maxEvaluationMs;
  }

  #take(): EvaluationThread {
    for (let thread = this.#idle.pop(); thread; thread = this.#idle.pop()) {
      if (!thread.isLost) {
        return thread;
      }
    }
    return new EvaluationThread(this.#memoryMb);
  }

  /** Notes what the thread was lost over: at first as a suspicion. */
  #blame(state: BatchState, error: ThreadLostError): void {
    const { at, reason } = error;
    if (at.tick === 0 || reason === 'other') {
      state.unexplained += 1;
      if (state.unexplained >= MAX_UNEXPLAINED) {
        throw error;
      }
      return;
    }
    const suspect = suspectOf(at);
    if (!state.suspects.has(suspect)) {
      state.suspects.add(suspect);
      return;
    }
    const needs =
      reason === 'memory'
        ? 'more memory than it may'
        : `longer than ${this.#maxEvaluationMs} ms`;
    const { rules } = state.batch;
    const { id, check } = rules[at.rule];
    switch (at.phase) {
      case 'parse':
        state.failedSubjects.set(
          at.subject,
          `To read this entity and its facts takes ${needs}`,
        );
        break;
      case 'select':
        state.failedSelections.set(
          at.subject * rules.length + at.rule,
          `To find out whether it applies takes ${needs}`,
        );
        break;
      default: {
        const detail = `To evaluate it takes ${needs}`;
        state.failedRules.set(at.rule, detail);
        this.#quarantine.add(check, detail);
        this.#logger.warn(
          `Rule ${id} of a scorecard was stopped: to evaluate it takes ${needs}`,
        );
      }
    }
  }
}
