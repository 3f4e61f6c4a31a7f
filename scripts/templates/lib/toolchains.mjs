import { execFileSync } from 'node:child_process';

/** How each toolchain says which version it is. */
const commands = {
  go: ['go', ['version'], /\bgo(\d+\.\d+)/],
  node: ['node', ['--version'], /v(\d+\.\d+)/],
  python3: ['python3', ['--version'], /Python (\d+\.\d+)/],
  'redis-server': ['redis-server', ['--version'], /\bv=(\d+\.\d+)/],
};

/**
 * What a path needs and this machine lacks, as lines for people.
 *
 * @param {Record<string, string>} wanted the least version by toolchain
 */
export function missingToolchains(wanted) {
  return Object.entries(wanted).flatMap(([name, least]) => {
    if (!(name in commands)) {
      throw new Error(
        `toolchains: ${name} is none of ${Object.keys(commands).join(', ')}`,
      );
    }
    const found = versionOf(name);
    if (!found) {
      return [`${name} ${least} is not on this machine`];
    }
    return isAtLeast(found, least)
      ? []
      : [`${name} is ${found} on this machine, and ${least} is needed`];
  });
}

function versionOf(name) {
  const [command, args, pattern] = commands[name];
  try {
    return pattern.exec(
      execFileSync(command, args, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    )?.[1];
  } catch {
    return undefined;
  }
}

function isAtLeast(found, least) {
  const [major, minor] = found.split('.').map(Number);
  const [leastMajor, leastMinor = 0] = least.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
