/** Exactly one commit: no submodules, no hooks, no filters, nobody's settings. */
const SCRIPT = `set -e
git init --quiet .
git fetch --quiet --no-tags --depth 1 "$1" "$2"
git checkout --quiet --detach FETCH_HEAD
git log -1 --format='%H %s'`;

const SETTINGS: [string, string][] = [
  ['core.hooksPath', '/dev/null'],
  ['init.defaultBranch', 'main'],
  ['protocol.allow', 'never'],
  ['protocol.http.allow', 'always'],
  ['protocol.https.allow', 'always'],
  ['fetch.fsckObjects', 'true'],
  ['submodule.recurse', 'false'],
  ['advice.detachedHead', 'false'],
];

/**
 * What fetches the code of a run.
 *
 * @internal
 */
export function checkoutCommand(
  url: string,
  commit: string,
): { command: string[]; env: Record<string, string> } {
  const env: Record<string, string> = {
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: String(SETTINGS.length),
  };
  for (const [index, [key, value]] of SETTINGS.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return { command: ['sh', '-c', SCRIPT, 'sh', url, commit], env };
}
