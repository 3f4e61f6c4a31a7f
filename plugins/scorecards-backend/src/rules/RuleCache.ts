import {
  analyzeCheck,
  CheckError,
  CheckResult,
  CompiledCheck,
  compileCheck,
  ReadPath,
} from '@waymark/plugin-scorecards-node';

/**
 * An expression as it is evaluated again and again.
 *
 * @internal
 */
export interface CachedCheck {
  evaluate: CompiledCheck;
  factPaths: ReadPath[];
}

/**
 * An expression that is an error, whatever it is evaluated with.
 *
 * @internal
 */
export function failedCheck(detail: string): CachedCheck {
  const result: CheckResult = {
    outcome: 'error',
    detail: detail.slice(0, 500),
  };
  return { evaluate: () => result, factPaths: [] };
}

/** More than there are rules, as a rule. */
const MAX_ENTRIES = 5000;

/**
 * Compiles each expression once.
 *
 * @internal
 */
export class RuleCache {
  readonly #checks = new Map<string, CachedCheck>();

  get(check: string): CachedCheck {
    let cached = this.#checks.get(check);
    if (!cached) {
      cached = this.#compile(check);
      if (this.#checks.size >= MAX_ENTRIES) {
        this.#checks.clear();
      }
      this.#checks.set(check, cached);
    }
    return cached;
  }

  #compile(check: string): CachedCheck {
    try {
      return {
        evaluate: compileCheck(check),
        factPaths: analyzeCheck(check).factPaths,
      };
    } catch (error) {
      if (!(error instanceof CheckError)) {
        throw error;
      }
      return failedCheck(error.message);
    }
  }
}
