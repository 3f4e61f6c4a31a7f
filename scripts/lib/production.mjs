import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { lastLines } from './logs.mjs';
import { root } from './paths.mjs';
import { freePort } from './ports.mjs';
import { residentMemory } from './processes.mjs';
import { findNode } from './toolchain.mjs';

const DATABASE = 'waymark';
const PATIENCE_MS = 120_000;

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** Types and meaning: production.d.mts. */
export async function startProduction(options) {
  const { bundleDir, postgres, github, configs = [], env } = options;
  if (!existsSync(path.join(bundleDir, 'packages/backend/dist'))) {
    throw new Error(
      `Nothing is installed in ${bundleDir}: run "node scripts/production/install.mjs --to ${bundleDir}" first`,
    );
  }
  await provideDatabase(postgres.connection);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'waymark-production-'));
  const logFile = path.join(dataDir, 'backend.log');
  const port = await freePort();
  const url = `http://localhost:${port}`;

  const started = Date.now();
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(
    findNode(),
    [
      '--require',
      path.join(root, 'scripts/lib/follow-parent.cjs'),
      'packages/backend',
      ...['app-config.production.yaml', ...configs].flatMap(file => [
        '--config',
        file,
      ]),
    ],
    {
      cwd: bundleDir,
      env: {
        ...baseEnvironment(),
        ...portalEnvironment({ url, port, dataDir }),
        ...postgresEnvironment(postgres.connection),
        ...githubEnvironment(github),
        ...env,
      },
      stdio: ['ignore', log, log],
      detached: process.platform !== 'win32',
    },
  );
  closeSync(log);

  let exit;
  const exited = new Promise(resolve => {
    const end = (code, signal) => resolve((exit ??= { code, signal }));
    child.once('error', error => end(error.message));
    child.once('exit', end);
  });
  const stop = async () => {
    if (!exit) {
      child.kill('SIGTERM');
    }
    const impatience = setTimeout(() => child.kill('SIGKILL'), 30_000);
    await exited;
    clearTimeout(impatience);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };

  const until = async (what, look) => {
    while (Date.now() - started < PATIENCE_MS) {
      if (exit) {
        throw new Error(`it exited with ${exit.signal ?? exit.code}`);
      }
      if (await look().catch(() => false)) {
        return Date.now() - started;
      }
      await sleep(50);
    }
    throw new Error(`no ${what} after ${PATIENCE_MS} ms`);
  };
  const get = target =>
    fetch(`${url}${target}`, {
      headers: { accept: 'text/html' },
      signal: AbortSignal.timeout(5000),
    });

  try {
    const readyMs = await until('readiness', async () => {
      const response = await get('/.backstage/health/v1/readiness');
      await response.arrayBuffer();
      return response.status === 200;
    });
    const pageMs = await until('page', async () => {
      const response = await get('/');
      return (await response.text()).includes('<html');
    });
    return {
      url,
      logFile,
      readyMs,
      pageMs,
      residentMemory: () => residentMemory(child.pid),
      stop,
    };
  } catch (error) {
    const said = lastLines(logFile, 40).join('\n');
    await stop();
    throw new Error(`The portal did not start: ${error.message}\n${said}`);
  }
}

/** Of this machine, nothing that has to do with a portal. */
function baseEnvironment() {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG, NODE_ENV: 'production', NO_COLOR: '1' };
}

function portalEnvironment({ url, port, dataDir }) {
  return {
    WAYMARK_URL: url,
    WAYMARK_PORT: String(port),
    WAYMARK_SESSION_SECRET: randomBytes(32).toString('hex'),
    WAYMARK_DOCS_DIR: path.join(dataDir, 'docs'),
    // No load balancer has to hear of a stop
    APP_CONFIG_backend_lifecycle_serverShutdownDelay: '{"seconds":0}',
  };
}

function postgresEnvironment({ host, port, user, password }) {
  return {
    POSTGRES_HOST: host,
    POSTGRES_PORT: String(port),
    POSTGRES_USER: user,
    POSTGRES_PASSWORD: password,
    POSTGRES_DATABASE: DATABASE,
    // Over the loopback, without a certificate
    APP_CONFIG_backend_database_connection_ssl: 'false',
  };
}

function githubEnvironment(github) {
  const { app, oidc } = github;
  return {
    GITHUB_HOST: github.host,
    GITHUB_URL: github.url,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_ENTERPRISE_URL: github.url,
    GITHUB_ORGANIZATION: github.organization,
    GITHUB_APP_ID: String(app.appId),
    GITHUB_APP_CLIENT_ID: app.clientId,
    GITHUB_APP_CLIENT_SECRET: app.clientSecret,
    GITHUB_APP_PRIVATE_KEY: app.privateKey,
    GITHUB_APP_WEBHOOK_SECRET: app.webhookSecret,
    APP_CONFIG_ciCredentials_github: JSON.stringify([
      { host: github.host, issuer: oidc.issuer, audience: oidc.audience },
    ]),
  };
}

/** Ordering the database is not the portal's business, so it is done here. */
async function provideDatabase(connection) {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    // It is there, or somebody else is just making it
    if (!['42P04', '23505'].includes(error.code)) {
      throw error;
    }
  } finally {
    await client.end();
  }
}
