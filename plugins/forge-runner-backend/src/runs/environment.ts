import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { availableParallelism, homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** What a process may know of this machine. */
const INHERITED = /^(LANG|LANGUAGE|LC_[A-Z]+)$/;

/** Where certificates and proxies are: needed to reach packages, and no secret. */
const NETWORK =
  /^(NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR|https?_proxy|no_proxy)$/i;

/** Settings of npm that say how to reach packages. Tokens are not among them. */
const NPM_SETTINGS = [
  'registry',
  'cafile',
  'https-proxy',
  'proxy',
  'noproxy',
  'strict-ssl',
  'replace-registry-host',
];

/** Settings of Go that say how to reach modules. */
const GO_SETTINGS = [
  'GOPROXY',
  'GONOPROXY',
  'GOPRIVATE',
  'GOSUMDB',
  'GONOSUMDB',
  'GOINSECURE',
  'GOVCS',
];

/**
 * The environment of everything that comes from a repository: nothing of the
 * portal's but the PATH and the language.
 *
 * @param folder - holds a HOME and a TMPDIR of its own
 * @internal
 */
export function baseEnvironment(folder: string): Record<string, string> {
  const environment: Record<string, string> = {
    // The portal's own Node first: the machine's may be none, or too old
    PATH: [dirname(process.execPath), process.env.PATH ?? '/usr/bin:/bin'].join(
      delimiter,
    ),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    CI: 'true',
    NO_COLOR: '1',
  };
  for (const [name, value] of Object.entries(process.env)) {
    if (INHERITED.test(name) && value !== undefined) {
      environment[name] = value;
    }
  }
  return environment;
}

/** Threads of compilers count as processes, and a machine may have many processors. */
const MAX_GO_PROCESSORS = 4;

/**
 * Where tools keep what they have compiled or fetched from one run to the next. The
 * tools trust what is in there, so each repository has its own. And how much of the
 * machine they take at once.
 *
 * @param folder - of the repository
 * @internal
 */
export async function toolEnvironment(
  folder: string,
): Promise<Record<string, string>> {
  const environment = {
    GOCACHE: join(folder, 'go-build'),
    GOMODCACHE: join(folder, 'go-mod'),
    PIP_CACHE_DIR: join(folder, 'pip'),
  };
  for (const place of Object.values(environment)) {
    await mkdir(place, { recursive: true, mode: 0o700 });
  }
  return {
    ...environment,
    // Otherwise Go takes from itself the right to remove them
    GOFLAGS: '-modcacherw',
    GOMAXPROCS: String(Math.min(MAX_GO_PROCESSORS, availableParallelism())),
  };
}

/**
 * What a stage needs in addition to reach other machines, without any credential.
 *
 * @internal
 */
export function networkEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (NETWORK.test(name) && value) {
      environment[name] = withoutCredentials(value);
    }
  }
  return environment;
}

/**
 * What the stage that installs needs in addition to reach packages: what this
 * machine's npm and Go are set to, without any credential, and npm's cache. The lock
 * file names the digest of each package, and npm checks what comes from the cache
 * against it.
 *
 * @internal
 */
export async function packageEnvironment(): Promise<Record<string, string>> {
  const environment: Record<string, string> = {
    ...networkEnvironment(),
    ...(await goEnvironment()),
  };
  const settings = await readNpmSettings();
  for (const [name, value] of Object.entries(settings)) {
    const isWanted =
      NPM_SETTINGS.includes(name) || /^@[^:]+:registry$/.test(name);
    const isValue = typeof value === 'string' || typeof value === 'boolean';
    if (isWanted && isValue && value !== '') {
      environment[`npm_config_${name.replaceAll('-', '_')}`] =
        withoutCredentials(String(value));
    }
  }
  const { cache } = settings;
  return {
    ...environment,
    npm_config_cache:
      typeof cache === 'string' ? cache : join(homedir(), '.npm'),
    npm_config_update_notifier: 'false',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  };
}

async function goEnvironment(): Promise<Record<string, string>> {
  try {
    const { stdout } = await promisify(execFile)(
      'go',
      ['env', '-json', ...GO_SETTINGS],
      { cwd: '/', timeout: 20_000 },
    );
    return Object.fromEntries(
      Object.entries<string>(JSON.parse(stdout))
        .filter(([, value]) => value !== '')
        .map(([name, value]) => [
          name,
          // A list, of addresses among others
          value
            .split(/([,|])/)
            .map(withoutCredentials)
            .join(''),
        ]),
    );
  } catch {
    // There is no Go: then nothing here is built with it
    return {};
  }
}

async function readNpmSettings(): Promise<Record<string, unknown>> {
  try {
    // Not from a folder with settings of its own
    const { stdout } = await promisify(execFile)(
      'npm',
      ['config', 'list', '--json'],
      { cwd: '/', timeout: 20_000, maxBuffer: 4 * 1024 * 1024 },
    );
    return JSON.parse(stdout);
  } catch {
    // There is no npm: then nothing here is installed with it
    return {};
  }
}

/** `https://user:password@host/` without user and password. */
function withoutCredentials(value: string): string {
  return value.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}
