/** Something this machine lacks: neither passed nor failed. */
export class NotProven extends Error {}

/**
 * Collects what every check found. Parts of the proof run at the same time, so
 * each has a section, whose lines are printed together once it is through.
 */
export class Reporter {
  passed = 0;
  failed = 0;
  notProven = [];

  section(title) {
    return new Section(this, title);
  }

  /** Prints the sum, loudly what was not proven, and returns the exit code. */
  finish({ strict = false } = {}) {
    const missing = [...new Set(this.notProven)];
    for (const text of missing) {
      console.log(`\n!! NOT PROVEN: ${text}`);
    }
    const failed = this.failed + (strict ? missing.length : 0);
    console.log(`\n${this.passed} passed, ${failed} failed`);
    return failed > 0 || this.passed === 0 ? 1 : 0;
  }
}

/** One line per check, and what is wrong under it. */
class Section {
  #reporter;
  #title;
  #lines = [];

  constructor(reporter, title) {
    this.#reporter = reporter;
    this.#title = title;
  }

  /** Runs a check; what it throws is its failure, and the others go on. */
  async check(name, run) {
    const started = Date.now();
    try {
      const note = await run();
      this.#reporter.passed += 1;
      const took = Date.now() - started;
      const details = [note, took > 1000 ? `${(took / 1000).toFixed(1)} s` : '']
        .filter(Boolean)
        .join(', ');
      this.#lines.push(`  ok    ${name}${details ? ` (${details})` : ''}`);
      return true;
    } catch (error) {
      if (error instanceof NotProven) {
        this.notProven(`${name}: ${error.message}`);
        return false;
      }
      this.#reporter.failed += 1;
      const text = error instanceof Error ? error.message : String(error);
      this.#lines.push(`  FAIL  ${name}\n${text.replace(/^/gm, '        ')}`);
      return false;
    }
  }

  /** Many small checks that held, as one line. */
  passed(count, text) {
    this.#reporter.passed += count;
    this.#lines.push(`  ok    ${text}`);
  }

  notProven(text) {
    this.#reporter.notProven.push(`${this.#title}: ${text}`);
    this.#lines.push(`  ??    not proven: ${text}`);
  }

  /** Prints what was found. */
  end() {
    console.log([`\n${this.#title}`, ...this.#lines].join('\n'));
  }
}

/** Fails with all the problems at once. */
export function assertNone(problems) {
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
}
