import { ConflictError, NotFoundError } from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import { Dirent } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Git } from '../git/Git';
import { GitRepository } from '../git/GitRepository';
import { Slots } from '../git/Slots';
import { organizationName, repositoryName } from '../names/schemas';
import { readPackSize, readRefState } from './diskState';
import { newMetadata, readMetadata, writeMetadata } from './metadata';
import { NewRepository, Repository, RepositoryName } from './Repository';
import { FillRepository, RepositoryStore } from './RepositoryStore';

const SUFFIX = '.git';
/** No organisation can have this name. What is being made or unmade is in here. */
const WORKSHOP = '.forge';
const LEFTOVER_AGE_MS = 60 * 60 * 1000;

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

/**
 * Bare repositories as `<directory>/<organisation>/<name>.git`. The folders are
 * the only state: what is there exists, and nothing else does.
 *
 * @internal
 */
export class DiskRepositoryStore implements RepositoryStore {
  readonly #directory: string;
  readonly #git: Git;
  /** One after the other, or names that differ only in case would not see each other. */
  readonly #creations = new Slots(1);

  static async create(options: {
    directory: string;
    git: Git;
  }): Promise<DiskRepositoryStore> {
    const store = new DiskRepositoryStore(options);
    await mkdir(join(options.directory, WORKSHOP), { recursive: true });
    await store.#removeLeftovers();
    return store;
  }

  private constructor(options: { directory: string; git: Git }) {
    this.#directory = options.directory;
    this.#git = options.git;
  }

  async organizations(): Promise<string[]> {
    const entries = await entriesOf(this.#directory);
    const names: string[] = [];
    for (const entry of entries) {
      if (
        entry.isDirectory() &&
        organizationName.safeParse(entry.name).success &&
        (await this.#names(entry.name)).length > 0
      ) {
        names.push(entry.name);
      }
    }
    return names.sort();
  }

  async list(options: {
    organization?: string;
    query?: string;
    skip: number;
    limit: number;
  }): Promise<{ repositories: Repository[]; total: number }> {
    const { organization, skip, limit } = options;
    const query = options.query?.toLowerCase() ?? '';
    const organizations = organization
      ? [organization]
      : await this.organizations();
    const names: RepositoryName[] = [];
    for (const owner of organizations) {
      for (const name of await this.#names(owner)) {
        if (`${owner}/${name}`.toLowerCase().includes(query)) {
          names.push({ organization: owner, name });
        }
      }
    }
    const repositories = await Promise.all(
      names.slice(skip, skip + limit).map(async name => {
        try {
          return [await this.get(name)];
        } catch (error) {
          // Deleted since the folder was listed
          if ((error as Error).name === 'NotFoundError') {
            return [];
          }
          throw error;
        }
      }),
    );
    return { repositories: repositories.flat(), total: names.length };
  }

  async get(name: RepositoryName): Promise<Repository> {
    const repository = await this.open(name);
    const { directory } = repository;
    const [metadata, defaultBranch, { empty, updatedAt }, size] =
      await Promise.all([
        readMetadata(directory, name),
        repository.defaultBranch(),
        readRefState(directory),
        readPackSize(directory),
      ]).catch(error => {
        // Deleted since it was opened
        throw codeOf(error) === 'ENOENT' ? this.#notFound(name) : error;
      });
    const createdAt = new Date(metadata.createdAt);
    return {
      id: metadata.id,
      organization: name.organization,
      name: name.name,
      description: metadata.description,
      createdAt,
      defaultBranch,
      empty,
      updatedAt: updatedAt > createdAt ? updatedAt : createdAt,
      size,
      seededRefs: metadata.seededRefs,
    };
  }

  async open(name: RepositoryName): Promise<GitRepository> {
    const directory = this.#path(name);
    // Both, because a link at either level would lead out of the folder
    const isFolder = await Promise.all(
      [join(this.#directory, name.organization), directory].map(async path => {
        try {
          return (await lstat(path)).isDirectory();
        } catch (error) {
          if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
            return false;
          }
          throw error;
        }
      }),
    );
    if (!isFolder.every(Boolean)) {
      throw this.#notFound(name);
    }
    return new GitRepository({ git: this.#git, directory });
  }

  async create(
    repository: NewRepository,
    fill?: FillRepository,
  ): Promise<Repository> {
    const { description, defaultBranch } = repository;
    const draft = join(this.#directory, WORKSHOP, randomUUID());
    try {
      await this.#git.run({
        args: [
          'init',
          '--quiet',
          '--bare',
          '--template=',
          `--initial-branch=${defaultBranch}`,
          '--',
          draft,
        ],
      });
      const filled = await fill?.(
        new GitRepository({ git: this.#git, directory: draft }),
      );
      await writeMetadata(draft, { ...newMetadata(description), ...filled });
      await this.#creations.run(() => this.#moveIn(draft, repository));
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
    return this.get(repository);
  }

  async #moveIn(draft: string, repository: RepositoryName): Promise<void> {
    const { organization, name } = repository;
    // Two names that differ only in case are one folder on many file systems
    const taken = (await this.#names(organization)).find(
      other => other.toLowerCase() === name.toLowerCase(),
    );
    if (taken) {
      throw this.#conflict(organization, taken);
    }
    await mkdir(join(this.#directory, organization), { recursive: true });
    try {
      // Fails when something is there that is no finished repository
      await rename(draft, this.#path(repository));
    } catch (error) {
      if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') {
        throw this.#conflict(organization, name);
      }
      throw error;
    }
  }

  async delete(name: RepositoryName): Promise<void> {
    const { directory } = await this.open(name);
    if (!(await this.#discard(directory))) {
      throw this.#notFound(name);
    }
  }

  async requireIntact(name: RepositoryName): Promise<void> {
    const directory = this.#path(name);
    try {
      await lstat(join(directory, 'HEAD'));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        throw error;
      }
      await this.#discard(directory);
      throw this.#notFound(name);
    }
  }

  /** @returns whether there was anything */
  async #discard(directory: string): Promise<boolean> {
    const remains = join(this.#directory, WORKSHOP, randomUUID());
    try {
      await rename(directory, remains);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') {
        return false;
      }
      throw error;
    }
    await rm(remains, { recursive: true, force: true, maxRetries: 3 });
    return true;
  }

  #path(name: RepositoryName): string {
    // The names were checked at the door; this is the last line before the disk
    const organization = organizationName.parse(name.organization);
    return join(
      this.#directory,
      organization,
      `${repositoryName.parse(name.name)}${SUFFIX}`,
    );
  }

  #notFound(name: RepositoryName) {
    return new NotFoundError(
      `There is no repository '${name.organization}/${name.name}'`,
    );
  }

  #conflict(organization: string, name: string) {
    return new ConflictError(
      `name: the repository '${organization}/${name}' already exists`,
    );
  }

  async #names(organization: string): Promise<string[]> {
    const entries = await entriesOf(join(this.#directory, organization));
    return entries
      .filter(entry => entry.isDirectory() && entry.name.endsWith(SUFFIX))
      .map(entry => entry.name.slice(0, -SUFFIX.length))
      .filter(name => repositoryName.safeParse(name).success)
      .sort();
  }

  /** What a crash left in the workshop; not what another process works on now. */
  async #removeLeftovers(): Promise<void> {
    const workshop = join(this.#directory, WORKSHOP);
    for (const entry of await entriesOf(workshop)) {
      const path = join(workshop, entry.name);
      const { mtimeMs } = await stat(path);
      if (Date.now() - mtimeMs > LEFTOVER_AGE_MS) {
        await rm(path, { recursive: true, force: true });
      }
    }
  }
}
