import { isDeepStrictEqual } from 'node:util';

/** Counts what held and what did not, and says so at once. */
export class Checks {
  #passed = 0;
  #failed = 0;

  that(title, holds, otherwise = '') {
    if (holds) {
      this.#passed += 1;
      console.log(`  ✔ ${title}`);
    } else {
      this.#failed += 1;
      console.log(`  ✖ ${title}${otherwise ? `: ${otherwise}` : ''}`);
    }
  }

  same(title, actual, expected) {
    this.that(
      title,
      isDeepStrictEqual(actual, expected),
      `${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`,
    );
  }

  /** Prints the verdict as the last line; returns the exit code. */
  report() {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed > 0 || this.#passed === 0 ? 1 : 0;
  }
}
