import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { UserError } from './errors.mjs';
import { forgePassword } from './forge-password.mjs';
import { acquireLock } from './lock.mjs';
import { rotateLog } from './logs.mjs';
import { root } from './paths.mjs';
import { sampleConfig } from './sample.mjs';

/** The lock of everything that runs on a data folder. */
export const portalLockFile = dataDir => path.join(dataDir, 'portal.lock');

/** Takes the data folder for this process; refuses when a portal runs on it. */
export function lockData(dataDir, details = {}) {
  const lock = acquireLock(portalLockFile(dataDir), details);
  if (lock.holder) {
    const { owner, child, port } = lock.holder;
    throw new UserError(
      `A portal already runs on ${dataDir} (process ${
        owner?.pid ?? child?.pid ?? 'unknown'
      }${port ? `, http://localhost:${port}` : ''}).`,
      [
        'Two portals on the same data would damage it. Use the running one, stop it first,',
        'or give this one a folder of its own: WAYMARK_DATA_DIR=/some/folder PORT=7008 npm start',
      ],
    );
  }
  return lock;
}

/** The settings every way of starting the portal shares. */
export function portalEnvironment({ dataDir, port, env = {} }) {
  mkdirSync(path.join(dataDir, 'db'), { recursive: true });
  mkdirSync(path.join(dataDir, 'work'), { recursive: true });
  return {
    ...process.env,
    // Guest sign-in and the local forge are for development only
    NODE_ENV: 'development',
    // The shell that asked for colours is not the one that reads the log
    FORCE_COLOR: undefined,
    NO_COLOR: '1',
    WAYMARK_ROOT: root,
    WAYMARK_DATA_DIR: dataDir,
    WAYMARK_PORT: String(port),
    WAYMARK_FORGE_PASSWORD: forgePassword(dataDir),
    ...env,
  };
}

/**
 * The configuration files, in the order in which later ones win.
 *
 * @param {{ sample?: boolean }} options whether with the sample organisation
 */
export function configFiles({ sample = true } = {}) {
  const local = path.join(root, 'app-config.local.yaml');
  return [
    path.join(root, 'app-config.yaml'),
    ...(sample ? [sampleConfig] : []),
    ...(existsSync(local) ? [local] : []),
  ];
}

/**
 * Starts the backend from its sources, as one process.
 *
 * @returns {{ child: import('node:child_process').ChildProcess, logFile: string }}
 */
export function spawnBackend({
  node = process.execPath,
  dataDir,
  port,
  env,
  sample = true,
  configs = [],
}) {
  const logFile = path.join(dataDir, 'logs', 'backend.log');
  rotateLog(logFile);
  // The backend writes to the file itself: nothing it says is lost or held up
  // when this process is busy or gone
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(
      node,
      [
        '--require',
        path.join(root, 'scripts', 'lib', 'follow-parent.cjs'),
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        path.join('packages', 'backend', 'src', 'index.ts'),
        ...[...configFiles({ sample }), ...configs].flatMap(file => [
          '--config',
          file,
        ]),
      ],
      {
        cwd: root,
        env: portalEnvironment({ dataDir, port, env }),
        stdio: ['ignore', log, log],
        // A process group of its own: Ctrl-C reaches it once, through us
        detached: process.platform !== 'win32',
      },
    );
    return { child, logFile };
  } finally {
    closeSync(log);
  }
}
