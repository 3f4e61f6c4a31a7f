import { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError, stringifyError } from '@backstage/errors';
import { Repository, RepositoryName } from '../repositories/Repository';
import { RepositoryStore } from '../repositories/RepositoryStore';
import { RepositorySecrets } from '../secrets/RepositorySecrets';
import { applyMailbox } from './applyMailbox';
import { findSeeds } from './findSeeds';
import { Seed } from './Seed';
import { SeedRecord, SeedState } from './SeedRecord';

const fullName = ({ organization, name }: RepositoryName) =>
  `${organization}/${name}`;

function toName(key: string): RepositoryName {
  const [organization, name] = key.split('/');
  return { organization, name };
}

/**
 * Repositories that come with the portal. Each is created once; from then on it
 * is like any other, and when somebody deletes it, it stays deleted. When its
 * seed is not configured any more it leaves, unless somebody has changed it.
 *
 * @internal
 */
export class Seeds {
  readonly #folders: readonly string[];
  readonly #logger: LoggerService;
  readonly #record: SeedRecord;
  readonly #secrets: RepositorySecrets;
  readonly #store: RepositoryStore;

  constructor(options: {
    /** The folders to find seeds in, absolute. */
    folders: readonly string[];
    logger: LoggerService;
    record: SeedRecord;
    secrets: RepositorySecrets;
    store: RepositoryStore;
  }) {
    this.#folders = options.folders;
    this.#logger = options.logger;
    this.#record = options.record;
    this.#secrets = options.secrets;
    this.#store = options.store;
  }

  /**
   * Brings the repositories in line with the seeds, before anybody asks for one.
   * Goes on where a crash interrupted it. What cannot be done is in the log and
   * tried again at the next start: a portal without its seeds is better than none.
   *
   * @returns those that have left by now, at this start or before
   */
  async reconcile(): Promise<RepositoryName[]> {
    try {
      const before = await this.#record.read();
      if (before.size === 0 && this.#folders.length === 0) {
        return [];
      }
      const states = new Map(before);
      const { seeds, complete } = await this.#find();
      await Promise.all(seeds.map(seed => this.#plant(seed, states)));
      if (complete) {
        const wanted = new Set(seeds.map(fullName));
        for (const key of states.keys()) {
          if (!wanted.has(key)) {
            await this.#retire(key, states);
          }
        }
      }
      await this.#record.write(states);
      return [...states]
        .filter(([, state]) => state === 'left')
        .map(([key]) => toName(key));
    } catch (error) {
      this.#logger.error(
        `The repositories of forge.seeds were left as they are: ${stringifyError(
          error,
        )}`,
      );
      return [];
    }
  }

  async #find(): Promise<{ seeds: Seed[]; complete: boolean }> {
    const seeds: Seed[] = [];
    let complete = true;
    for (const folder of this.#folders) {
      try {
        seeds.push(...(await findSeeds(folder)));
      } catch (error) {
        // A folder that cannot be read is no reason for repositories to leave
        complete = false;
        this.#logger.error(
          `The seeds in ${folder} cannot be read: ${stringifyError(error)}`,
        );
      }
    }
    return { seeds, complete };
  }

  async #plant(seed: Seed, states: Map<string, SeedState>): Promise<void> {
    const key = fullName(seed);
    const state = states.get(key);
    if (state === 'created') {
      return;
    }
    try {
      const existing = await this.#get(seed);
      if (existing && existing.seededRefs === undefined) {
        this.#logger.info(
          `${seed.file} is left out: there is a repository '${key}' of somebody's own`,
        );
        return;
      }
      if (!existing && state !== 'kept') {
        await this.#create(seed);
        this.#logger.info(`Repository ${key} was made from ${seed.file}`);
      }
      states.set(key, 'created');
    } catch (error) {
      this.#logger.error(
        `${seed.file} could not be made into a repository: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  async #create(seed: Seed): Promise<void> {
    const { organization, name, description } = seed;
    await this.#store.create(
      { organization, name, description, defaultBranch: 'main' },
      async draft => {
        await applyMailbox(draft, seed.file);
        return { seededRefs: await draft.refs() };
      },
    );
  }

  async #retire(key: string, states: Map<string, SeedState>): Promise<void> {
    const name = toName(key);
    try {
      const repository = await this.#get(name);
      if (!repository) {
        return;
      }
      if (await this.#isChanged(repository)) {
        states.set(key, 'kept');
        this.#logger.info(
          `Repository ${key} came with the portal and stays, since it was changed`,
        );
        return;
      }
      states.set(key, 'left');
      // First, so that a crash after it is not taken for somebody's wish to delete
      await this.#record.write(states);
      await this.#store.delete(name);
    } catch (error) {
      throw new ForwardedError(`'${key}' could not leave`, error);
    }
  }

  async #isChanged(repository: Repository): Promise<boolean> {
    const content = await this.#store.open(repository);
    return (
      (await content.refs()) !== repository.seededRefs ||
      (await this.#secrets.list(repository)).length > 0
    );
  }

  async #get(name: RepositoryName): Promise<Repository | undefined> {
    try {
      return await this.#store.get(name);
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') {
        return undefined;
      }
      throw error;
    }
  }
}
