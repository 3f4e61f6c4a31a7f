import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { JsonObject } from '@backstage/types';

/** What the stand-in tells of itself, as far as it is used. */
interface Told {
  url: string;
  host: string;
  apiUrl: string;
  token: string;
  app: {
    appId: number;
    clientId: string;
    clientSecret: string;
    privateKey: string;
    webhookSecret: string;
  };
}

const MAIN = resolve(
  __dirname,
  '../../../../scripts/stand-ins/github/main.mjs',
);

export type Github = Awaited<ReturnType<typeof startGithub>>;

/** A GitHub for tests in a process of its own, and what people do there. */
export async function startGithub(options: JsonObject) {
  const directory = await mkdtemp(join(tmpdir(), 'golden-paths-github-'));
  const file = join(directory, 'options.json');
  await writeFile(
    file,
    JSON.stringify({ ...options, dataDir: join(directory, 'data') }),
  );
  const child = spawn(process.execPath, [MAIN, '--options', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // What the test runner needs is of no use there
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
  });
  const ended = new Promise<void>(done => child.once('close', () => done()));
  const lines = createInterface({ input: child.stdout });
  const first = await lines[Symbol.asyncIterator]().next();
  if (first.done) {
    throw new Error('The stand-in ended before it was ready');
  }
  const told: Told = JSON.parse(first.value);

  async function send(method: string, url: string, body?: unknown) {
    const response = await fetch(url, {
      method,
      headers: { authorization: `token ${told.token}` },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${url}: ${response.status} ${text}`);
    }
    return text ? JSON.parse(text) : undefined;
  }
  const rest = (method: string, path: string, body?: unknown) =>
    send(method, `${told.apiUrl}${path}`, body);
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${told.url}/_control${path}`, body);

  return {
    ...told,
    rest,
    control,
    /** One commit, which GitHub tells the webhooks of like any push. */
    async write(
      repository: string,
      path: string,
      content: string,
      branch?: string,
    ) {
      const address = `/repos/${repository}/contents/${path}`;
      const query = branch ? `?ref=${branch}` : '';
      const before = await rest('GET', `${address}${query}`).catch(() => ({}));
      await rest('PUT', address, {
        message: `Change ${path}`,
        content: Buffer.from(content).toString('base64'),
        sha: before.sha,
        branch,
      });
    },
    async stop() {
      child.stdin.end();
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
