import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
// The scripts of the repository are no package
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import type {
  GithubStandIn,
  StartGithubOptions,
} from '../../../scripts/stand-ins/github/startGithub.mjs';

/** @internal */
export type Github = GithubStandIn;

const MAIN = resolvePackagePath(
  '@waymark/backend-test-support',
  '../../scripts/stand-ins/github/main.mjs',
);

/**
 * Starts a GitHub for tests in a process of its own.
 *
 * @internal
 */
export async function startGithub(
  options: Omit<StartGithubOptions, 'dataDir'> = {},
): Promise<Github> {
  const directory = await mkdtemp(join(tmpdir(), 'github-test-'));
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

  async function stop() {
    child.stdin.end();
    await ended;
    await rm(directory, { recursive: true, force: true });
  }

  for await (const line of createInterface({ input: child.stdout })) {
    return { ...JSON.parse(line), stop };
  }
  await stop();
  throw new Error('The GitHub for tests ended before it was ready');
}
