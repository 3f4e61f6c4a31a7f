import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from './errors.mjs';

/** How to run the machine's npm without a shell wherever that is possible. */
export function npmCommand(env = process.env) {
  const candidates = [
    env.npm_config_user_agent?.startsWith('npm/')
      ? env.npm_execpath
      : undefined,
    // Where the Windows installer puts it
    path.join(
      path.dirname(process.execPath),
      'node_modules/npm/bin/npm-cli.js',
    ),
  ];
  for (const script of candidates) {
    if (script && /\.c?js$/.test(script) && existsSync(script)) {
      return { command: process.execPath, args: [script], shell: false };
    }
  }
  return process.platform === 'win32'
    ? { command: 'npm.cmd', args: [], shell: true }
    : { command: 'npm', args: [], shell: false };
}

const settings = {
  registry: 'YARN_NPM_REGISTRY_SERVER',
  proxy: 'YARN_HTTP_PROXY',
  'https-proxy': 'YARN_HTTPS_PROXY',
  cafile: 'YARN_HTTPS_CA_FILE_PATH',
};

/**
 * The machine's npm may be set up for a company network. Yarn does not read
 * those settings: hand them on, unless it has its own.
 */
export function networkSettings(env = process.env) {
  const npm = npmCommand(env);
  let configured = {};
  try {
    configured = JSON.parse(
      execFileSync(npm.command, [...npm.args, 'config', 'list', '--json'], {
        encoding: 'utf8',
        shell: npm.shell,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  } catch {
    // Yarn's own settings have to do
  }
  const result = {};
  for (const [name, variable] of Object.entries(settings)) {
    const value = configured[name];
    if (typeof value === 'string' && value && !env[variable]) {
      result[variable] = value;
    }
  }
  return result;
}

const networkSigns =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_SOCKET_TIMEOUT|UNABLE_TO_GET_ISSUER_CERT\w*|SELF_SIGNED_CERT\w*|CERT_\w+|RequestError|FetchError)\b|network (request|timeout)|socket hang up|getaddrinfo|tunneling socket|certificate/i;

/** Turns the output of a failed npm or yarn into something to act upon. */
export function networkAdvice(message, { output, code, logFile }) {
  const lines = output.trim().split('\n').slice(-12);
  if (/ENOSPC|no space left/i.test(output)) {
    return new UserError(`${message}: the disk is full.`, [
      'Free some space (about 4 GB are needed the first time) and start again.',
    ]);
  }
  if (networkSigns.test(output)) {
    return new UserError(
      `${message}: the package registry cannot be reached.`,
      [
        'The first start fetches Node, Yarn and the dependencies; later starts need no network.',
        'Check: is this machine online? Does "npm ping" answer?',
        'Behind a proxy: npm config set proxy http://host:port, and the same for https-proxy.',
        'A registry of your own: npm config set registry https://…; its certificate: npm config set cafile /path/ca.pem',
        ...(logFile ? [`The whole output: ${logFile}`] : []),
        '',
        ...lines,
      ],
    );
  }
  return new UserError(`${message} (exit code ${code}).`, [
    ...(logFile ? [`The whole output: ${logFile}`] : []),
    '',
    ...lines,
  ]);
}
