import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { FileProgress } from '../render/FileProgress';
import { ComponentSources } from '../propose/ComponentSources';
import { PathVersions } from '../versions/PathVersions';
import { commitUpgrade } from './commitUpgrade';
import { describeUpgrade } from './describeUpgrade';
import { examineRepository } from './examineRepository';
import { asHostProblem, findUpgradeSource } from './findUpgradeSource';
import { UpgradePreview } from './UpgradePreview';
import { UpgradeRenderer } from './UpgradeRenderer';
import { UpgradeStore } from './UpgradeStore';
import { withTemporary } from './withTemporary';

/** Characters of all that are kept; one may have megabytes of differences. */
const MAX_KEPT = 16 * 1024 * 1024;
/** Each is a clone and a rendering. */
const MAX_AT_ONCE = 3;
/** Each would hold a connection meanwhile. */
const MAX_WAITING = 12;

/**
 * Shows what an upgrade would do before anybody asks for it. Everything is made as it
 * would be, in a clone that is thrown away, and nothing is pushed.
 *
 * @internal
 */
export class UpgradePreviews {
  readonly #kept = new Map<string, UpgradePreview>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(
    private readonly options: {
      config: GoldenPathConfig;
      logger: LoggerService;
      renderer: UpgradeRenderer;
      sources: ComponentSources;
      store: UpgradeStore;
      versions: PathVersions;
    },
  ) {}

  async get(
    entityRef: string,
    options: {
      credentials: BackstageCredentials;
      answers?: JsonObject;
      signal?: AbortSignal;
    },
  ): Promise<UpgradePreview> {
    const { sources } = this.options;
    const { credentials, answers, signal } = options;
    // Also what was kept is only for who may see the component
    const source = await findUpgradeSource({
      sources,
      entityRef,
      credentials,
      signal,
    });
    await this.#enter();
    try {
      // Whoever asked may have left while it waited
      signal?.throwIfAborted();
      return await withTemporary('preview', async directory => {
        const { store, versions } = this.options;
        const repository = await examineRepository({
          source,
          store,
          directory: join(directory, 'repository.git'),
          signal,
        });
        const { template } = repository.provenance;
        const { version } = await versions.get(template);
        const key = JSON.stringify([
          entityRef,
          repository.mainHead,
          repository.templateHead,
          version,
          answers ?? {},
        ]);
        const known = this.#kept.get(key);
        const preview =
          known ??
          (await this.#make({ source, repository, answers, directory }));
        this.#keep(key, preview);
        return preview;
      });
    } catch (error) {
      throw asHostProblem(error);
    } finally {
      this.#leave();
    }
  }

  async #make(options: {
    source: Awaited<ReturnType<typeof findUpgradeSource>>;
    repository: Awaited<ReturnType<typeof examineRepository>>;
    answers?: JsonObject;
    directory: string;
  }): Promise<UpgradePreview> {
    const { source, repository, answers, directory } = options;
    const { config, logger, renderer } = this.options;
    const work = join(directory, 'render');
    await mkdir(work);
    const rendered = await renderer.render({
      source,
      provenance: repository.provenance,
      given: answers,
      directory: work,
      logger: new FileProgress(logger),
    });
    const committed = await commitUpgrade({
      repository,
      rendered,
      name: source.name,
      defaultBranch: source.target.repository.defaultBranch,
      run: repository.provenance.run,
      author: config.author,
      date: new Date(0),
    });
    return describeUpgrade({
      entityRef: source.component,
      repository,
      rendered,
      committed,
    });
  }

  #keep(key: string, preview: UpgradePreview): void {
    // The latest used last, so that the first is the one to go
    this.#kept.delete(key);
    this.#kept.set(key, preview);
    let size = [...this.#kept.values()].reduce(
      (sum, kept) => sum + sizeOf(kept),
      0,
    );
    for (const [oldest, kept] of this.#kept) {
      if (size <= MAX_KEPT) {
        break;
      }
      this.#kept.delete(oldest);
      size -= sizeOf(kept);
    }
  }

  async #enter(): Promise<void> {
    if (this.#running >= MAX_AT_ONCE) {
      if (this.#waiting.length >= MAX_WAITING) {
        throw new ServiceUnavailableError(
          'Many upgrades are being looked at; try again in a moment',
        );
      }
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
  }

  /** Hands the place to whoever waits longest. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#running -= 1;
    }
  }
}

/** The texts are nearly all of it. */
function sizeOf({ files }: UpgradePreview): number {
  return files.reduce(
    (sum, { diff = '', conflictText = '' }) =>
      sum + diff.length + conflictText.length,
    0,
  );
}
