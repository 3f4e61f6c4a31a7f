import { execFileSync } from 'node:child_process';
import fs, {
  existsSync,
  readFileSync,
  readdirSync,
  readlinkSync,
} from 'node:fs';
import path from 'node:path';
import { UserError } from './errors.mjs';

/** What the machine has to bring along, checked before anything is touched. */

const minimumGit = [2, 28];

export function checkGit(env = process.env) {
  const git = (...args) =>
    execFileSync('git', args, {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  const install = [
    'Debian, Ubuntu: sudo apt-get install git · Fedora: sudo dnf install git',
    'macOS: xcode-select --install · Windows: https://git-scm.com',
  ];

  let version;
  try {
    version = git('--version');
  } catch (cause) {
    throw new UserError(
      'Git was not found. The portal keeps its repositories with it.',
      install,
      { cause },
    );
  }
  const [major, minor] = (version.match(/(\d+)\.(\d+)/) ?? [])
    .slice(1)
    .map(Number);
  if (
    major < minimumGit[0] ||
    (major === minimumGit[0] && minor < minimumGit[1])
  ) {
    throw new UserError(
      `Git ${minimumGit.join('.')} or newer is needed; this is ${version}.`,
      install,
    );
  }
  const backend = path.join(
    git('--exec-path'),
    process.platform === 'win32' ? 'git-http-backend.exe' : 'git-http-backend',
  );
  if (!existsSync(backend)) {
    throw new UserError(
      `${version} comes without "git http-backend", which serves the repositories.`,
      [
        'Some systems ship it on its own. Alpine: apk add git-daemon · Fedora: dnf install git-core',
      ],
    );
  }
}

/**
 * @param {string} directory an existing folder on the disk to look at
 * @param {number} megabytes what must be free
 */
export function checkDiskSpace(directory, megabytes) {
  // Node 18.0 – 18.14 cannot tell
  if (typeof fs.statfsSync !== 'function') {
    return;
  }
  const { bavail, bsize } = fs.statfsSync(directory);
  const free = (bavail * bsize) / 1024 / 1024;
  if (free < megabytes) {
    throw new UserError(
      `Not enough disk space: ${gigabytes(
        free,
      )} free on the disk of ${directory}, ${gigabytes(megabytes)} needed.`,
      ['Free some space, or move this checkout to another disk.'],
    );
  }
}

const gigabytes = megabytes => `${(megabytes / 1024).toFixed(1)} GB`;

/** Who listens on a port, as far as the system tells: `node (process 123)`. */
export function portHolder(port) {
  try {
    return process.platform === 'linux'
      ? linuxPortHolder(port)
      : otherPortHolder(port);
  } catch {
    return undefined;
  }
}

function linuxPortHolder(port) {
  const inodes = new Set();
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    if (!existsSync(table)) {
      continue;
    }
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      // State 0A: listening
      if (fields[1]?.endsWith(`:${hexPort}`) && fields[3] === '0A') {
        inodes.add(`socket:[${fields[9]}]`);
      }
    }
  }
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const descriptors = path.join('/proc', pid, 'fd');
      for (const name of readdirSync(descriptors)) {
        if (inodes.has(readlinkSync(path.join(descriptors, name)))) {
          const command = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
          return `${command} (process ${pid})`;
        }
      }
    } catch {
      // Another user's process, or one that just ended
    }
  }
  return undefined;
}

function otherPortHolder(port) {
  if (process.platform === 'win32') {
    return undefined;
  }
  const fields = execFileSync(
    'lsof',
    ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).split('\n');
  const pid = fields.find(field => field.startsWith('p'))?.slice(1);
  const command = fields.find(field => field.startsWith('c'))?.slice(1);
  return pid && `${command ?? 'a program'} (process ${pid})`;
}
