/** One line per check, what is wrong under it, and a last line with the sum. */
export class Reporter {
  #passed = 0;
  #failed = 0;

  /** Runs a check; what it throws is its failure, and the others go on. */
  async check(name, run) {
    const started = Date.now();
    try {
      const note = await run();
      this.#passed += 1;
      const took = Date.now() - started;
      const details = [note, took > 1000 ? `${(took / 1000).toFixed(1)} s` : '']
        .filter(Boolean)
        .join(', ');
      console.log(`  ok    ${name}${details ? ` (${details})` : ''}`);
      return true;
    } catch (error) {
      this.#failed += 1;
      const text = error instanceof Error ? error.message : String(error);
      console.log(`  FAIL  ${name}\n${text.replace(/^/gm, '        ')}`);
      return false;
    }
  }

  heading(text) {
    console.log(`\n${text}`);
  }

  /** Prints the sum and returns the exit code. */
  finish() {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed > 0 || this.#passed === 0 ? 1 : 0;
  }
}

/** Fails with all the problems at once. */
export function assertNone(problems) {
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
}
