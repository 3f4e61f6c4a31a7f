import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { UserError } from './errors.mjs';
import {
  privateNodeVersion,
  privateYarnVersion,
  suitsPortal,
} from './node-version.mjs';
import { toolsDir } from './paths.mjs';
import { networkAdvice, npmCommand } from './npm.mjs';
import { run } from './run.mjs';

const nodeHome = path.join(toolsDir, 'node');
const yarnHome = path.join(toolsDir, 'yarn');
const yarnScript = path.join(
  yarnHome,
  'node_modules/@yarnpkg/cli-dist/bin/yarn.js',
);

/**
 * The npm package that carries nothing but the Node binary of this platform.
 * It needs no install script, so it also installs where those are off.
 */
export function nodePackage(platform = process.platform, arch = process.arch) {
  const os = { linux: 'linux', darwin: 'darwin', win32: 'win' }[platform];
  if (!os || !['x64', 'arm64'].includes(arch)) {
    return undefined;
  }
  const prefix = os === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${os}-${arch}`;
}

function privateNode() {
  const name = nodePackage();
  return (
    name &&
    path.join(
      nodeHome,
      'node_modules',
      name,
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    )
  );
}

function installedVersion(packageFile) {
  try {
    return JSON.parse(readFileSync(packageFile, 'utf8')).version;
  } catch {
    return undefined;
  }
}

function hasPrivateNode() {
  const node = privateNode();
  return (
    node &&
    existsSync(node) &&
    installedVersion(path.join(path.dirname(node), '..', 'package.json')) ===
      privateNodeVersion
  );
}

/** The Node that runs the portal: this one if it fits, else the private one. */
export function findNode() {
  if (suitsPortal(process.version)) {
    return process.execPath;
  }
  if (hasPrivateNode()) {
    return privateNode();
  }
  throw new Error(
    `Node ${process.version} does not run the portal, and no private one is here yet: "npm start" fetches it`,
  );
}

/** The Yarn of this checkout as a script for Node; undefined before its fetch. */
export function findYarn() {
  // Started by the right Yarn already
  const { npm_config_user_agent: agent = '', npm_execpath: script } =
    process.env;
  if (
    agent.startsWith(`yarn/${privateYarnVersion} `) &&
    /\.c?js$/.test(script ?? '') &&
    existsSync(script)
  ) {
    return script;
  }
  const version = installedVersion(
    path.join(path.dirname(yarnScript), '..', 'package.json'),
  );
  return version === privateYarnVersion && existsSync(yarnScript)
    ? yarnScript
    : undefined;
}

/** Whether something has to be fetched before anything can be installed. */
export function needsToolchain() {
  return !findYarn() || !(suitsPortal(process.version) || hasPrivateNode());
}

/**
 * Provides Node and Yarn, fetching those that do not fit.
 *
 * @param {(detail: string) => void} onDetail
 * @returns {Promise<{ node: string, yarn: string }>}
 */
export async function provideToolchain(onDetail = () => {}) {
  if (!suitsPortal(process.version) && !hasPrivateNode()) {
    await fetchNode(onDetail);
  }
  if (!findYarn()) {
    onDetail(`Yarn ${privateYarnVersion}`);
    await installAlone(yarnHome, '@yarnpkg/cli-dist', privateYarnVersion);
  }
  return { node: findNode(), yarn: findYarn() };
}

async function fetchNode(onDetail) {
  const name = nodePackage();
  const help = 'Install Node 24 yourself and start again: https://nodejs.org';
  if (!name || isMusl()) {
    throw new UserError(
      `Node ${
        process.version
      } does not run the portal, and there is no ready-made Node 24 for ${
        process.platform
      } ${process.arch}${isMusl() ? ' with musl' : ''}.`,
      [help],
    );
  }
  onDetail(`Node ${privateNodeVersion}`);
  await installAlone(nodeHome, name, privateNodeVersion);
  try {
    execFileSync(privateNode(), ['--version'], { stdio: 'ignore' });
  } catch (cause) {
    rmSync(nodeHome, { recursive: true, force: true });
    throw new UserError(
      `The Node ${privateNodeVersion} that was fetched does not start on this system.`,
      [help],
      { cause },
    );
  }
}

function isMusl() {
  return (
    process.platform === 'linux' &&
    !process.report?.getReport().header.glibcVersionRuntime
  );
}

/** Installs one package into a folder of its own. */
async function installAlone(home, name, version) {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  // Tells npm that this folder, and not the repository, is the project
  writeFileSync(path.join(home, 'package.json'), '{ "private": true }\n');
  const npm = npmCommand();
  const result = await run(
    npm.command,
    [
      ...npm.args,
      'install',
      '--ignore-scripts',
      '--no-save',
      '--no-package-lock',
      '--no-audit',
      '--no-fund',
      '--fetch-retries=1',
      '--fetch-retry-mintimeout=1000',
      '--fetch-retry-maxtimeout=3000',
      `${name}@${version}`,
    ],
    {
      cwd: home,
      shell: npm.shell,
      logFile: path.join(toolsDir, 'logs', 'tools.log'),
    },
  );
  if (result.code !== 0) {
    rmSync(home, { recursive: true, force: true });
    throw networkAdvice(`${name} ${version} could not be fetched`, result);
  }
}

/** The environment of programs that look for `node` on the PATH. */
export function toolEnvironment(node, env = process.env) {
  const name = Object.keys(env).find(key => /^path$/i.test(key)) ?? 'PATH';
  return {
    ...env,
    [name]: [path.dirname(node), env[name]]
      .filter(Boolean)
      .join(path.delimiter),
  };
}
