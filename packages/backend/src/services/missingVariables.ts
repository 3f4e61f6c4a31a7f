import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/**
 * The environment variables that configuration files name without giving a
 * default, and that are not set or empty.
 *
 * Backstage leaves out a key whose variable is not set. What becomes of that is
 * told by some plugin, in words of its own, or not at all.
 *
 * @internal
 */
export async function missingVariables(
  files: string[],
  env: Record<string, string | undefined>,
): Promise<string[]> {
  const missing = new Set<string>();
  for (const file of files) {
    for (const text of textsOf(parse(await readFile(file, 'utf8')))) {
      // `$${…}` stands for itself, and `${NAME:-default}` has a default
      for (const [, dollar, name] of text.matchAll(/(\$?)\$\{([^{}:]+)\}/g)) {
        if (!dollar && !env[name.trim()]) {
          missing.add(name.trim());
        }
      }
    }
  }
  return [...missing].sort();
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    yield value;
  } else if (value && typeof value === 'object') {
    for (const child of Object.values(value)) {
      yield* textsOf(child);
    }
  }
}
