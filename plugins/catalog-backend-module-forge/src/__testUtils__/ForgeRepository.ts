import { git, withCredentials, writeTree } from '@waymark/backend-test-support';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
    await git(folder, 'init', '--quiet', '--initial-branch=main');
    return repository;
  }

  async push(files: Record<string, string | Buffer>): Promise<void> {
    const folder = this.#folder;
    await writeTree(folder, files);
    const remote = withCredentials(
      `${this.#forge}/squad/${this.name}.git`,
      'secret',
    );
    await git(folder, 'add', '--all');
    await git(folder, 'commit', '--quiet', '--message', 'Change');
    await git(folder, 'push', '--quiet', remote, 'main');
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
}
