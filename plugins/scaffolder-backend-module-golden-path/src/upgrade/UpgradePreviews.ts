import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BackstageCredentials,
  LifecycleService,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { GitRepository } from '../git/GitRepository';
import { ComponentSource, ComponentSources } from '../propose/ComponentSources';
import { TEMPLATE_BRANCH } from '../publish/provenance';
import { FileProgress } from '../render/FileProgress';
import { withTemporary } from '../temporary/withTemporary';
import { PathVersions } from '../versions/PathVersions';
import { commitUpgrade } from './commitUpgrade';
import { describeUpgrade } from './describeUpgrade';
import { ExaminedRepository, examineRepository } from './examineRepository';
import { fetchProvenance } from './fetchProvenance';
import { asHostProblem, findUpgradeSource } from './findUpgradeSource';
import { UpgradePreview } from '@waymark/plugin-golden-paths-common';
import { UpgradeRenderer } from './UpgradeRenderer';
import { isNewest } from './UpgradeStarter';
import { UpgradeStore } from './UpgradeStore';

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
  readonly #stopping = new AbortController();
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(
    private readonly options: {
      config: GoldenPathConfig;
      lifecycle: LifecycleService;
      logger: LoggerService;
      reader: UrlReaderService;
      renderer: UpgradeRenderer;
      sources: ComponentSources;
      store: UpgradeStore;
      versions: PathVersions;
    },
  ) {
    options.lifecycle.addShutdownHook(() =>
      this.#stopping.abort(
        new ServiceUnavailableError('The portal is ending; try again soon'),
      ),
    );
  }

  /**
   * @throws UpgradeError when the service cannot be upgraded
   * @throws ConflictError when there is nothing to upgrade
   */
  async get(
    entityRef: string,
    options: {
      credentials: BackstageCredentials;
      answers?: JsonObject;
      signal?: AbortSignal;
    },
  ): Promise<UpgradePreview> {
    const { sources } = this.options;
    const { credentials, answers } = options;
    const signal = AbortSignal.any(
      [this.#stopping.signal, options.signal].filter(
        item => item !== undefined,
      ),
    );
    // Also what was kept is only for who may see the component
    const source = await findUpgradeSource({
      sources,
      entityRef,
      credentials,
      signal,
    });
    await this.#enter(signal);
    try {
      return await withTemporary('preview', directory =>
        this.#find({ source, answers, directory, signal }),
      );
    } catch (error) {
      this.#stopping.signal.throwIfAborted();
      throw asHostProblem(error);
    } finally {
      this.#leave();
    }
  }

  /** The one that is kept, or else a new one: the cheapest questions come first. */
  async #find(options: {
    source: ComponentSource;
    answers: JsonObject | undefined;
    directory: string;
    signal: AbortSignal;
  }): Promise<UpgradePreview> {
    const { source, answers, directory, signal } = options;
    const { reader, renderer, store, versions } = this.options;
    const { template, ...provenance } = await fetchProvenance({
      reader,
      source,
      signal,
    });
    await renderer.find(template);
    const { version } = await versions.get(template);
    if (version === provenance.version && !answers) {
      throw isNewest(source.component);
    }

    const heads = await readHeads({ source, directory, signal });
    const keyOf = (main: string | undefined, generated: string | undefined) =>
      JSON.stringify([
        source.component,
        main,
        generated,
        version,
        answers ?? {},
      ]);
    const key = keyOf(heads.main, heads.generated);
    const known = this.#kept.get(key);
    if (known) {
      this.#keep(key, known);
      return known;
    }
    const repository = await examineRepository({
      source,
      store,
      directory: join(directory, 'repository.git'),
      signal,
    });
    const preview = await this.#make({ ...options, repository });
    // Somebody may have pushed since the look
    this.#keep(keyOf(repository.mainHead, repository.templateHead), preview);
    return preview;
  }

  async #make(options: {
    source: ComponentSource;
    repository: ExaminedRepository;
    answers: JsonObject | undefined;
    directory: string;
    signal: AbortSignal;
  }): Promise<UpgradePreview> {
    const { source, repository, answers, directory, signal } = options;
    const { config, logger, renderer } = this.options;
    const work = join(directory, 'render');
    await mkdir(work);
    const rendered = await renderer.render({
      source,
      provenance: repository.provenance,
      given: answers,
      directory: work,
      logger: new FileProgress(logger),
      signal,
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

  /** Whoever leaves while they wait gives their place to others. */
  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#running < MAX_AT_ONCE) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.size >= MAX_WAITING) {
      throw new ServiceUnavailableError(
        'Many upgrades are being looked at; try again in a moment',
      );
    }
    await new Promise<void>((resolve, reject) => {
      this.#waiting.add(resolve);
      signal.addEventListener(
        'abort',
        () => {
          this.#waiting.delete(resolve);
          reject(signal.reason);
        },
        { once: true },
      );
    });
  }

  /** Hands the place to whoever waits longest. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next) {
      this.#waiting.delete(next);
      next();
    } else {
      this.#running -= 1;
    }
  }
}

/** What the two branches stand at, without reading what is on them. */
async function readHeads(options: {
  source: ComponentSource;
  directory: string;
  signal: AbortSignal;
}): Promise<{ main?: string; generated?: string }> {
  const { source, directory, signal } = options;
  const { host, address, repository } = source.target;
  const git = await GitRepository.create({
    directory: join(directory, 'heads.git'),
    signal,
  });
  const refs = await git.listRemoteRefs(await host.gitRemote(address));
  return {
    main: refs.get(`refs/heads/${repository.defaultBranch}`),
    generated: refs.get(`refs/heads/${TEMPLATE_BRANCH}`),
  };
}

/** The texts are nearly all of it. */
function sizeOf({ files }: UpgradePreview): number {
  return files.reduce(
    (sum, { diff = '', conflictText = '' }) =>
      sum + diff.length + conflictText.length,
    0,
  );
}
