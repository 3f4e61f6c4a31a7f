import { CompoundEntityRef } from '@backstage/catalog-model';
import {
  resolvePackagePath,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import path from 'node:path';
import { METADATA_FILE } from '../output/writeMetadata';

/** Not served: a name that starts with a dot is not there for the publisher. */
const WORK = '.building';

/** What names of folders begin with that hold a site which was there before. */
const ASIDE = 'old-';

const ABANDONED_AFTER_MS = 60 * 60_000;

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/**
 * The sites on the disk of this backend, in the places where the local publisher
 * of TechDocs looks for them.
 *
 * @internal
 */
export class PublishedSites {
  readonly #directory: string;
  readonly #keepsCase: boolean;

  private constructor(options: { directory: string; keepsCase: boolean }) {
    this.#directory = options.directory;
    this.#keepsCase = options.keepsCase;
  }

  /** Undefined when sites are published to another place than the disk. */
  static fromConfig(config: Config): PublishedSites | undefined {
    const type = config.getOptionalString('techdocs.publisher.type') ?? 'local';
    if (type !== 'local') {
      return undefined;
    }
    return new PublishedSites({
      directory:
        config.getOptionalString('techdocs.publisher.local.publishDirectory') ??
        resolvePackagePath('@backstage/plugin-techdocs-backend', 'static/docs'),
      keepsCase:
        config.getOptionalBoolean(
          'techdocs.legacyUseCaseSensitiveTripletPaths',
        ) ?? false,
    });
  }

  #place(
    { kind, name, namespace }: CompoundEntityRef,
    directory = this.#directory,
  ): string {
    const parts = [namespace, kind, name].map(part =>
      this.#keepsCase ? part : part.toLowerCase(),
    );
    return parts.reduce(resolveSafeChildPath, directory);
  }

  /** What the site was built from; undefined when there is none. */
  async version(entity: CompoundEntityRef): Promise<SiteVersion | undefined> {
    try {
      const file = path.join(this.#place(entity), METADATA_FILE);
      const { etag, format } = JSON.parse(await readFile(file, 'utf8'));
      return { etag, format };
    } catch {
      // Whatever is wrong with it, a new one is as good
      return undefined;
    }
  }

  /** An empty folder for a site that is not finished yet. */
  async open(prefix = 'site-'): Promise<string> {
    const work = path.join(this.#directory, WORK);
    await mkdir(work, { recursive: true });
    return mkdtemp(path.join(work, prefix));
  }

  /** Puts a finished site in the place of the one that was there. */
  async replace(entity: CompoundEntityRef, folder: string): Promise<void> {
    const place = this.#place(entity);
    const aside = await this.open(ASIDE);
    // Below its own names, for `clean` to know where it belongs
    const old = this.#place(entity, aside);
    await mkdir(path.dirname(old), { recursive: true });
    await mkdir(path.dirname(place), { recursive: true });
    try {
      await rename(place, old);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') {
        throw error;
      }
    }
    try {
      await rename(folder, place);
    } catch (error) {
      // Another backend with the same folder was faster, with the same site
      if (!['EEXIST', 'ENOTEMPTY'].includes(codeOf(error))) {
        await rename(old, place).catch(() => {});
        throw error;
      }
    }
    await rm(aside, { recursive: true, force: true });
  }

  /**
   * Takes away what a backend left behind that was stopped while it built. A site
   * that it had just put aside, for the new one that never came, is put back.
   */
  async clean(): Promise<void> {
    const work = path.join(this.#directory, WORK);
    await mkdir(work, { recursive: true });
    for (const name of await readdir(work)) {
      const folder = path.join(work, name);
      try {
        if (name.startsWith(ASIDE)) {
          await this.#putBack(folder);
        }
        const { mtimeMs } = await stat(folder);
        // Other backends may be at work in the same folder
        if (mtimeMs < Date.now() - ABANDONED_AFTER_MS) {
          await rm(folder, { recursive: true, force: true });
        }
      } catch (error) {
        // One of them has just taken it away
        if (codeOf(error) !== 'ENOENT') {
          throw error;
        }
      }
    }
  }

  async #putBack(folder: string): Promise<void> {
    const names: string[] = [];
    while (names.length < 3) {
      const [name] = await readdir(path.join(folder, ...names));
      if (name === undefined) {
        return;
      }
      names.push(name);
    }
    // Where there is a site, it is the newer one
    const place = path.join(this.#directory, ...names);
    await rename(path.join(folder, ...names), place).catch(() => {});
  }
}

/** @internal */
export interface SiteVersion {
  etag?: string;
  format?: string;
}
