import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeOfFolder } from '../processes/sizeOfFolder';
import { RepositoryStore } from '../repositories/RepositoryStore';
import { Layout } from './Layout';
import { RunStore } from './RunStore';

/**
 * Forgets old builds, runs and logs.
 *
 * @internal
 */
export class Housekeeping {
  constructor(
    private readonly options: {
      keepBuilds: number;
      keepRuns: number;
      /** What a folder of caches may take. */
      maxCacheBytes: number;
      layout: Layout;
      repositories: RepositoryStore;
      runs: RunStore;
    },
  ) {}

  /**
   * Keeps the present build and the latest of the others, the latest runs, and caches
   * that are not too large.
   */
  async tidy(repositoryId: number): Promise<void> {
    const { keepBuilds, keepRuns, layout, maxCacheBytes, repositories, runs } =
      this.options;
    const repository = await repositories.get(repositoryId);
    if (!repository) {
      return;
    }
    const others = (await runs.listBuilds(repositoryId)).filter(
      ({ number }) => number !== repository.build,
    );
    for (const run of others.slice(keepBuilds - 1)) {
      await runs.update(run.id, { has_build: false });
      await remove(layout.build(repositoryId, run.number));
    }
    for (const number of await runs.forget(repositoryId, { keep: keepRuns })) {
      await remove(layout.runLogs(repositoryId, number));
    }
    if ((await sizeOfFolder(layout.caches(repositoryId))) > maxCacheBytes) {
      await remove(layout.caches(repositoryId));
    }
  }

  /** Removes everything of a repository that is gone. */
  async clear(repositoryId: number): Promise<void> {
    const { layout } = this.options;
    await remove(layout.builds(repositoryId));
    await remove(layout.caches(repositoryId));
    await remove(layout.logs(repositoryId));
  }

  /** Removes what a portal that was killed left of runs that ended with it. */
  async sweep(): Promise<void> {
    const { layout, repositories, runs } = this.options;
    for (const { id } of await repositories.list()) {
      const kept = new Set(
        (await runs.listBuilds(id)).map(({ number }) => String(number)),
      );
      const folder = layout.builds(id);
      const found = await readdir(folder).catch(() => []);
      for (const name of found.filter(each => !kept.has(each))) {
        await remove(join(folder, name));
      }
    }
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}
