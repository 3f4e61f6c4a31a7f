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

  #place({ kind, name, namespace }: CompoundEntityRef): string {
    const parts = [namespace, kind, name].map(part =>
      this.#keepsCase ? part : part.toLowerCase(),
    );
    return parts.reduce(resolveSafeChildPath, this.#directory);
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
  async open(): Promise<string> {
    const work = path.join(this.#directory, WORK);
    await mkdir(work, { recursive: true });
    return mkdtemp(path.join(work, 'site-'));
  }

  /** Puts a finished site in the place of the one that was there. */
  async replace(entity: CompoundEntityRef, folder: string): Promise<void> {
    const place = this.#place(entity);
    const old = path.join(await this.open(), 'old');
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
        throw error;
      }
    }
    await rm(path.dirname(old), { recursive: true, force: true });
  }

  /** Takes away what a backend left behind that was stopped while it built. */
  async clean(): Promise<void> {
    const work = path.join(this.#directory, WORK);
    await mkdir(work, { recursive: true });
    for (const name of await readdir(work)) {
      const folder = path.join(work, name);
      const { mtimeMs } = await stat(folder);
      // Other backends may be at work in the same folder
      if (mtimeMs < Date.now() - ABANDONED_AFTER_MS) {
        await rm(folder, { recursive: true, force: true });
      }
    }
  }
}

/** @internal */
export interface SiteVersion {
  etag?: string;
  format?: string;
}
