/** What test programs say, as numbers. Nothing understood counts as nothing run. */

const nothing = { passed: 0, failed: 0, skipped: 0 };

/** The last `N passed, N failed[, N skipped]` of an output. */
export function lastVerdict(output) {
  const match = [
    ...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/gm),
  ].pop();
  return match
    ? {
        passed: Number(match[1]),
        failed: Number(match[2]),
        skipped: Number(match[3] ?? 0),
      }
    : nothing;
}

/** The summary at the end of TAP output of Node's own test runner. */
export function tapVerdict(output) {
  const count = name =>
    Number(output.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  };
}

/** Playwright's JSON report. */
export function playwrightVerdict(report) {
  if (!report) {
    return nothing;
  }
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skipped,
  };
}

/** Two results as one; what is shown of them is that of the one that failed. */
export function together(first, second) {
  const sum = key => first[key] + second[key];
  return {
    ...(first.failed > 0 ? { ...second, ...first } : { ...first, ...second }),
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
  };
}

/** The failed tests in Jest's JSON report, each with the start of its reason. */
export function jestFailures(report) {
  return (report?.testResults ?? [])
    .flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(
        ({ status }) => status === 'failed',
      );
      const reasons = failed.map(
        ({ fullName, failureMessages }) =>
          `${fullName}\n${failureMessages
            .join('\n')
            .split('\n')
            .slice(0, 8)
            .join('\n')}`,
      );
      // A file that could not be loaded has a message and no tests
      return assertionResults.length === 0 && message
        ? [`${name}\n${message}`]
        : reasons;
    })
    .join('\n\n');
}
