import { parseArguments } from '../../lib/arguments.mjs';
import { describeError } from '../../lib/errors.mjs';

/**
 * Measures as the command line says: `--runs`, by default 20, and `--output`.
 * The process fails when the target is missed.
 *
 * @param measure tells whether the target was met
 */
export async function runBenchmark({ usage, measure }) {
  try {
    const options = parseArguments(process.argv.slice(2), {
      values: ['runs', 'output'],
      usage,
    });
    const met = await measure({
      runs: Math.max(1, Number(options.runs ?? 20) || 20),
      output: options.output,
    });
    process.exitCode = met ? 0 : 1;
  } catch (error) {
    console.error(describeError(error));
    process.exitCode = 1;
  }
}
