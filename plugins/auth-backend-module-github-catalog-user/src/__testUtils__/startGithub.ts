import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = resolve(
  __dirname,
  '../../../../scripts/stand-ins/github/main.mjs',
);

/** What a test needs to know of the GitHub that it started. */
export interface Github {
  url: string;
  host: string;
  apiUrl: string;
  token: string;
  organization: string;
  oauthApp: { clientId: string; clientSecret: string };
  /** The `node_id` of an account. */
  idOf(login: string): Promise<string>;
  stop(): Promise<void>;
}

/** A GitHub Enterprise with OAuth in a process of its own. */
export async function startGithub(): Promise<Github> {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => text),
    exited.then(() => {
      throw new Error('The GitHub for tests did not start');
    }),
  ]);
  const github = JSON.parse(line);
  return {
    ...github,
    async idOf(login) {
      const response = await fetch(`${github.apiUrl}/users/${login}`, {
        headers: { authorization: `token ${github.token}` },
      });
      return (await response.json()).node_id;
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
