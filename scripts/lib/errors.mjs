/**
 * Something the person at the keyboard can put right: shown as a sentence and
 * what to do about it, without a stack trace.
 */
export class UserError extends Error {
  /**
   * @param {string} message what is wrong, one sentence
   * @param {string[]} [advice] what to do about it, one line each
   * @param {{ cause?: unknown }} [options]
   */
  constructor(message, advice = [], options = {}) {
    super(message, options);
    this.name = 'UserError';
    this.advice = advice;
  }
}

/** The text a terminal shows for any error. */
export function describeError(error) {
  if (error instanceof UserError) {
    return [error.message, ...error.advice.map(line => `  ${line}`)].join('\n');
  }
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
