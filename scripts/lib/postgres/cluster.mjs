import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { lastLines } from '../logs.mjs';
import { isAlive, waitForExit } from '../processes.mjs';
import { provideBinaries, serverUser } from './binaries.mjs';

// Faster than careful: what a power cut may take
const carelessSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
};

const clusterDirectory = dataDir => path.join(dataDir, 'cluster');
const pidFile = dataDir =>
  path.join(clusterDirectory(dataDir), 'postmaster.pid');
export const logFile = dataDir => path.join(dataDir, 'postgres.log');

function environment() {
  const { PATH, TMPDIR, TEMP, SystemRoot } = process.env;
  return { PATH, TMPDIR, TEMP, SystemRoot, LANG: 'C.UTF-8', TZ: 'UTC' };
}

/** The superuser's password, made up with the cluster. */
function providePassword(dataDir) {
  const file = path.join(dataDir, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(18).toString('hex')}\n`, {
      mode: 0o600,
    });
  }
  return readFileSync(file, 'utf8').trim();
}

function initialise({ dataDir, binaries, user, password }) {
  const cluster = clusterDirectory(dataDir);
  // Whatever is there was cut off in the middle
  rmSync(cluster, { recursive: true, force: true });
  const passwordFile = path.join(dataDir, 'initial-password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) {
    chownSync(passwordFile, user.uid, user.gid);
  }
  try {
    execFileSync(
      binaries.initdb,
      [
        `--pgdata=${cluster}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same order and case on every system, whatever it has installed
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-sync',
        '--no-instructions',
      ],
      {
        cwd: dataDir,
        env: environment(),
        stdio: ['ignore', 'pipe', 'pipe'],
        ...user,
      },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(path.join(dataDir, 'initialised'), '');
}

function postmaster(dataDir) {
  try {
    const lines = readFileSync(pidFile(dataDir), 'utf8').split('\n');
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/** Whether the process serves this cluster; its id may be another's by now. */
function servesCluster(pid, dataDir) {
  if (!isAlive(pid)) {
    return false;
  }
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
            encoding: 'utf8',
          });
    return command.includes(clusterDirectory(dataDir));
  } catch {
    return false;
  }
}

/** Ends a server whose keeper was killed, and removes what it left. */
export async function endOrphan(dataDir) {
  const found = postmaster(dataDir);
  if (!found) {
    return;
  }
  if (servesCluster(found.pid, dataDir)) {
    process.kill(found.pid, 'SIGQUIT');
    if (!(await waitForExit(found.pid, 10_000))) {
      process.kill(found.pid, 'SIGKILL');
      await waitForExit(found.pid, 5000);
    }
  }
  rmSync(pidFile(dataDir), { force: true });
}

/**
 * Starts a server on the loopback address, creating its cluster on the first
 * start. Not to be called twice at once for the same folder.
 *
 * @param {{ dataDir: string, port: number, careless: boolean }} options
 */
export async function startCluster({ dataDir, port, careless }) {
  const user = serverUser();
  const binaries = provideBinaries(user);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (user) {
    chownSync(dataDir, user.uid, user.gid);
  }
  await endOrphan(dataDir);
  const password = providePassword(dataDir);
  if (!existsSync(path.join(dataDir, 'initialised'))) {
    initialise({ dataDir, binaries, user, password });
  }

  const options = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 400,
    shared_buffers: '128MB',
    logging_collector: 'off',
    ...(careless ? carelessSettings : {}),
  };
  const log = openSync(logFile(dataDir), 'a', 0o600);
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      clusterDirectory(dataDir),
      ...Object.entries(options).flatMap(([key, value]) => [
        '-c',
        `${key}=${value}`,
      ]),
    ],
    {
      cwd: dataDir,
      env: environment(),
      stdio: ['ignore', log, log],
      // Ctrl-C is for its keeper, who ends it in its own time
      detached: process.platform !== 'win32',
      ...user,
    },
  );
  closeSync(log);

  let exit;
  const exited = new Promise(resolve => {
    const end = (code, signal) => resolve((exit ??= { code, signal }));
    child.once('error', error => end(error.message));
    child.once('exit', end);
  });

  const until = Date.now() + 30_000;
  for (;;) {
    const found = postmaster(dataDir);
    if (!exit && found?.pid === child.pid && found.ready) {
      break;
    }
    if (exit || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(
        `PostgreSQL did not start on port ${port}:\n${lastLines(
          logFile(dataDir),
          20,
        ).join('\n')}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }

  return {
    pid: child.pid,
    password,
    exited,
    /** Ends it at once for its clients; what was committed stays. */
    async stop() {
      if (exit) {
        return;
      }
      child.kill('SIGINT');
      const impatience = setTimeout(() => child.kill('SIGQUIT'), 10_000);
      await exited;
      clearTimeout(impatience);
    },
  };
}
