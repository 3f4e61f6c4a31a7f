import { RE2JS, RE2JSException } from 're2js';
import { CHECK_LIMITS } from '../limits';
import { EvaluationFailure, LimitFailure, Run } from './Run';
import { quote } from './values';

/**
 * A regular expression of an engine that needs time in proportion to the text,
 * whatever the pattern is.
 *
 * @internal
 */
export class Pattern {
  private constructor(
    private readonly regex: RE2JS,
    private readonly size: number,
  ) {}

  /** @throws EvaluationFailure when the pattern is wrong or too large */
  static compile(pattern: string): Pattern {
    if (pattern.length > CHECK_LIMITS.patternLength) {
      throw new LimitFailure(
        `A regular expression has more than ${CHECK_LIMITS.patternLength} characters`,
      );
    }
    let regex;
    try {
      regex = RE2JS.compile(pattern);
    } catch (error) {
      if (error instanceof RE2JSException) {
        throw new EvaluationFailure(
          `${quote(
            pattern,
          )} is not a regular expression as RE2 has it: ${error.message.replace(
            'error parsing regexp: ',
            '',
          )}`,
        );
      }
      throw error;
    }
    const size = regex.programSize();
    if (size > CHECK_LIMITS.patternSize) {
      throw new LimitFailure(
        `The regular expression ${quote(
          pattern,
        )} is too large: repeat less often`,
      );
    }
    return new Pattern(regex, size);
  }

  /** Whether it matches anywhere in the text. */
  test(run: Run, text: string): boolean {
    run.spendText(text.length);
    // At worst each instruction is looked at for each character
    run.spend(Math.ceil((text.length * this.size) / 8));
    return this.regex.test(text);
  }
}

const MAX_CACHED = 100;

/** A few milliseconds, when the pattern is large. */
const COMPILE_STEPS = 5000;

const cache = new Map<string, Pattern>();

/**
 * For patterns that are known only when the expression is evaluated.
 *
 * @internal
 */
export function cachedPattern(run: Run, pattern: string): Pattern {
  let compiled = cache.get(pattern);
  if (!compiled) {
    run.spend(COMPILE_STEPS);
    compiled = Pattern.compile(pattern);
    if (cache.size >= MAX_CACHED) {
      cache.clear();
    }
    cache.set(pattern, compiled);
  }
  return compiled;
}
