import { ForgeLimits } from '../ForgeOptions';

/**
 * The whole environment of every Git process of the forge. Nothing of the
 * portal's own environment (secrets above all) or of the machine's Git
 * configuration is handed on.
 *
 * @internal
 */
export function gitEnvironment(limits: ForgeLimits): Record<string, string> {
  const settings: [string, string][] = [
    // The folder may belong to another user than the one the portal runs as
    ['safe.directory', '*'],
    ['core.hooksPath', '/dev/null'],
    // One pack per push: one file to sync instead of one per object
    ['transfer.unpackLimit', '1'],
    ['transfer.fsckObjects', 'true'],
    ['core.fsync', 'committed,reference'],
    ['receive.maxInputSize', String(limits.maxPushBytes)],
    ['receive.denyDeletes', 'false'],
    ['receive.denyDeleteCurrent', 'refuse'],
    // What a forced push took away stays reachable for whoever runs the forge
    ['core.logAllRefUpdates', 'true'],
    ['uploadpack.allowFilter', 'true'],
    ['http.getanyfile', 'false'],
    ['core.quotePath', 'false'],
    ['pack.threads', '2'],
    ['pack.windowMemory', '128m'],
    ['core.bigFileThreshold', '32m'],
    ['merge.renames', 'true'],
    ['diff.renames', 'true'],
    ['color.ui', 'false'],
    ['log.showSignature', 'false'],
  ];
  const environment: Record<string, string> = {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_DEFAULT_REF_FORMAT: 'files',
    GIT_CONFIG_COUNT: String(settings.length),
  };
  for (const [index, [key, value]] of settings.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return environment;
}
