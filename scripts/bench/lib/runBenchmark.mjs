import { parseArguments } from '../../lib/arguments.mjs';
import { describeError } from '../../lib/errors.mjs';

/**
 * Measures as the command line says: `--runs`, `--output` and what else
 * the benchmark knows in `values`.
 * The process fails when the target is missed.
 *
 * @param measure tells whether the target was met
 */
export async function runBenchmark({
  usage,
  measure,
  defaultRuns = 20,
  values = [],
}) {
  try {
    const options = parseArguments(process.argv.slice(2), {
      values: ['runs', 'output', ...values],
      usage,
    });
    const met = await measure({
      ...options,
      runs: Math.max(1, Number(options.runs ?? defaultRuns) || defaultRuns),
    });
    process.exitCode = met ? 0 : 1;
  } catch (error) {
    console.error(describeError(error));
    process.exitCode = 1;
  }
}
