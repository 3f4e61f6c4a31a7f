import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** What is wrong with what was typed. */
export class NotPossible extends Error {}

/**
 * Reads what was typed after a command. `--help` says what there is, and ends it.
 *
 * @param {object} options
 * @param {string} options.usage all of it, for people
 * @param {Record<string, { type: 'boolean' | 'string' }>} [options.options]
 * @throws NotPossible for an option that is not known
 */
export function readCommandLine({ usage, options = {} }) {
  let typed;
  try {
    typed = parseArgs({
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    // The rest of the message is about arguments that begin with a hyphen
    throw new NotPossible(`${error.message.split('. ')[0]}\n\n${usage}`);
  }
  if (typed.values.help) {
    console.log(usage);
    process.exit(0);
  }
  return typed;
}

/** Runs a command: what is wrong with what was typed is said in a line, not a stack. */
export async function runCommand(run) {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof NotPossible)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 2;
  }
}

/** The names of the paths that are described in a folder. */
export function describedPaths(folder) {
  return readdirSync(folder)
    .filter(file => file.endsWith('.mjs'))
    .map(file => file.slice(0, -'.mjs'.length))
    .sort();
}

/**
 * @param {string} name what was typed
 * @param {string[]} known
 * @throws NotPossible with the names there are, and the one that was meant
 */
export function assertKnown(name, known) {
  if (known.includes(name)) {
    return;
  }
  const [nearest] = known
    .map(other => ({ other, distance: editDistance(name, other) }))
    .sort((a, b) => a.distance - b.distance);
  const meant =
    nearest && nearest.distance <= Math.max(2, name.length / 3)
      ? ` Did you mean ${nearest.other}?`
      : '';
  throw new NotPossible(
    `There is no golden path ${name}.${meant} There is ${known.join(', ')}.`,
  );
}

/** How many letters have to be put in, taken out or changed. */
function editDistance(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [index, other] of [...to].entries()) {
      next.push(
        Math.min(
          row[index + 1] + 1,
          next[index] + 1,
          row[index] + (letter === other ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row.at(-1);
}
