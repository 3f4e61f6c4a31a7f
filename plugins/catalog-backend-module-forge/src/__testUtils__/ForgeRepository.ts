import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A repository in the real forge, with a clone of it. */
export class ForgeRepository {
  readonly name: string;
  readonly #forge: URL;
  readonly #folder: string;

  private constructor(options: { forge: URL; folder: string; name: string }) {
    this.name = options.name;
    this.#forge = options.forge;
    this.#folder = options.folder;
  }

  static async create(options: {
    /** Address of the backend. */
    url: string;
    name: string;
  }): Promise<ForgeRepository> {
    const { url, name } = options;
    const forge = new URL(`${url}/api/forge`);
    const response = await fetch(`${forge}/api/v1/orgs/squad/repos`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa('waymark:secret')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name, description: '', default_branch: 'main' }),
    });
    if (response.status !== 201) {
      throw new Error(`${response.status} ${await response.text()}`);
    }
    const folder = await mkdtemp(join(tmpdir(), 'waymark-'));
    const repository = new ForgeRepository({ forge, folder, name });
    await repository.#git('init', '--quiet', '--initial-branch=main');
    return repository;
  }

  async push(files: Record<string, string | Buffer>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(this.#folder, name), content);
    }
    const remote = new URL(`${this.#forge}/squad/${this.name}.git`);
    remote.username = 'waymark';
    remote.password = 'secret';
    await this.#git('add', '--all');
    await this.#git('commit', '--quiet', '--message', 'Change');
    await this.#git('push', '--quiet', String(remote), 'main');
  }

  async delete(): Promise<void> {
    const response = await fetch(
      `${this.#forge}/api/v1/repos/squad/${this.name}`,
      {
        method: 'DELETE',
        headers: { authorization: `Basic ${btoa('waymark:secret')}` },
      },
    );
    if (response.status !== 204) {
      throw new Error(`${response.status} ${await response.text()}`);
    }
  }

  async cleanUp(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #git(...args: string[]): Promise<void> {
    await run('git', args, {
      cwd: this.#folder,
      env: {
        PATH: process.env.PATH,
        HOME: this.#folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Test',
        GIT_AUTHOR_EMAIL: 'test@example.org',
        GIT_COMMITTER_NAME: 'Test',
        GIT_COMMITTER_EMAIL: 'test@example.org',
      },
    });
  }
}
