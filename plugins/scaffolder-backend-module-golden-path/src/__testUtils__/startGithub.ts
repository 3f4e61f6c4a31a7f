import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { JsonObject } from '@backstage/types';

/** What the tests use of what the stand-in tells of itself. */
export interface Github {
  url: string;
  host: string;
  apiUrl: string;
  token: string;
  users: { login: string; token: string }[];
  app: {
    appId: number;
    clientId: string;
    clientSecret: string;
    privateKey: string;
    webhookSecret: string;
  };
  stop(): Promise<void>;
}

const MAIN = resolve(
  __dirname,
  '../../../../scripts/stand-ins/github/main.mjs',
);

/** Starts a GitHub for tests in a process of its own. */
export async function startGithub(options: {
  directory: string;
  organization: JsonObject;
  users: JsonObject[];
}): Promise<Github> {
  const { directory, organization, users } = options;
  const file = join(directory, 'github.json');
  await writeFile(
    file,
    JSON.stringify({
      organization,
      users,
      dataDir: join(directory, 'github'),
    }),
  );
  const child = spawn(process.execPath, [MAIN, '--options', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // What the test runner needs is of no use there
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
  });
  const ended = new Promise<void>(done => child.once('close', () => done()));
  for await (const line of createInterface({ input: child.stdout })) {
    const told: Omit<Github, 'stop'> = JSON.parse(line);
    return {
      ...told,
      async stop() {
        child.stdin.end();
        await ended;
      },
    };
  }
  throw new Error('The stand-in ended before it was ready');
}
