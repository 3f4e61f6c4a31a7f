import { ConflictError, NotFoundError } from '@backstage/errors';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Slots } from '../git/Slots';
import { RepositoryName } from '../repositories/Repository';
import { RepositoryStore } from '../repositories/RepositoryStore';
import { ListedSecret, RepositorySecrets } from './RepositorySecrets';
import { SecretBox, sealedSchema } from './SecretBox';

/** No organisation can have this name. */
const FOLDER = '.secrets';
const SALT_FILE = 'salt';
const MAX_SECRETS = 100;

const fileSchema = z.record(
  z.string(),
  sealedSchema.extend({ createdAt: z.iso.datetime() }),
);

type SecretFile = z.infer<typeof fileSchema>;

/**
 * One file per repository in a folder of their own, beside the repositories and
 * not inside them. It is named after the repository's id, so that a later
 * repository of the same name does not inherit it. Readable by the portal's user
 * alone, and encrypted.
 *
 * @internal
 */
export class DiskRepositorySecrets implements RepositorySecrets {
  readonly #directory: string;
  readonly #password: string;
  readonly #store: RepositoryStore;
  /** One change at a time, or the later would undo the earlier. */
  readonly #changes = new Slots(1);
  #box: Promise<SecretBox> | undefined;

  constructor(options: {
    /** The folder of the repositories. */
    directory: string;
    password: string;
    store: RepositoryStore;
  }) {
    this.#directory = join(options.directory, FOLDER);
    this.#password = options.password;
    this.#store = options.store;
  }

  async list(repository: RepositoryName): Promise<ListedSecret[]> {
    const { id } = await this.#store.get(repository);
    return Object.entries(await this.#load(id))
      .map(([name, { createdAt }]) => ({
        name,
        createdAt: new Date(createdAt),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async put(
    repository: RepositoryName,
    secret: { name: string; value: string },
  ): Promise<boolean> {
    const { name, value } = secret;
    const { id } = await this.#store.get(repository);
    const box = await this.#open();
    const isNew = await this.#changes.run(async () => {
      const file = await this.#load(id);
      const before = file[name];
      if (!before && Object.keys(file).length >= MAX_SECRETS) {
        throw new ConflictError(
          `The repository has ${MAX_SECRETS} secrets already`,
        );
      }
      await this.#save(id, {
        ...file,
        [name]: {
          ...box.seal(value, placeOf(id, name)),
          createdAt: before?.createdAt ?? new Date().toISOString(),
        },
      });
      return !before;
    });
    await this.#requireStillThere(repository, id);
    return isNew;
  }

  async delete(repository: RepositoryName, name: string): Promise<void> {
    const { id } = await this.#store.get(repository);
    await this.#changes.run(async () => {
      const { [name]: secret, ...others } = await this.#load(id);
      if (!secret) {
        throw new NotFoundError(`There is no secret '${name}'`);
      }
      await this.#save(id, others);
    });
  }

  async clear(repository: RepositoryName): Promise<void> {
    const { id } = await this.#store.get(repository);
    await this.#changes.run(() => rm(this.#path(id), { force: true }));
  }

  async read(repository: RepositoryName): Promise<Map<string, string>> {
    const { id } = await this.#store.get(repository);
    const box = await this.#open();
    const values = new Map<string, string>();
    for (const [name, sealed] of Object.entries(await this.#load(id))) {
      const value = box.open(sealed, placeOf(id, name));
      if (value === undefined) {
        throw new Error(
          `The secret ${name} of ${repository.organization}/${repository.name} cannot be opened: the forge has another password than when it was stored. Store it again`,
        );
      }
      values.set(name, value);
    }
    return values;
  }

  /** Deleted while its secret was written: then nothing may be left. */
  async #requireStillThere(
    repository: RepositoryName,
    id: number,
  ): Promise<void> {
    try {
      if ((await this.#store.get(repository)).id === id) {
        return;
      }
    } catch (error) {
      await rm(this.#path(id), { force: true });
      throw error;
    }
    await rm(this.#path(id), { force: true });
    throw new NotFoundError(
      `The repository '${repository.organization}/${repository.name}' was deleted`,
    );
  }

  async #load(id: number): Promise<SecretFile> {
    let text: string;
    try {
      text = await readFile(this.#path(id), 'utf8');
    } catch (error) {
      if (isMissing(error)) {
        return {};
      }
      throw error;
    }
    return fileSchema.parse(JSON.parse(text));
  }

  /** In one step: a crash leaves the old file or the new one. */
  async #save(id: number, file: SecretFile): Promise<void> {
    const draft = join(this.#directory, `${randomUUID()}.new`);
    try {
      await writeFile(draft, JSON.stringify(file), { mode: 0o600 });
      await rename(draft, this.#path(id));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  #path(id: number): string {
    return join(this.#directory, `${id}.json`);
  }

  async #open(): Promise<SecretBox> {
    this.#box ??= this.#makeBox().catch(error => {
      this.#box = undefined;
      throw error;
    });
    return this.#box;
  }

  async #makeBox(): Promise<SecretBox> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const path = join(this.#directory, SALT_FILE);
    try {
      await writeFile(path, randomBytes(16), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    return SecretBox.create({
      password: this.#password,
      salt: await readFile(path),
    });
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function placeOf(id: number, name: string): string {
  return `${id}/${name}`;
}
