import { readFileSync, realpathSync, statSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { InputError, NotAllowedError } from '@backstage/errors';
import { MarkdownGeneratorLimits } from '../MarkdownGeneratorOptions';

/** @internal */
export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  path: string;
  bytes: number;
}

/** Folders that hold no documentation of the repository's own. */
const SKIPPED = new Set(['node_modules', 'site-packages', '__pycache__']);

/** Files and folders that are looked at below one folder. */
const MAX_ENTRIES = 20_000;

/**
 * The files of a repository. Nothing outside of it can be reached, whatever
 * symbolic links it holds.
 *
 * @internal
 */
export class SourceFolder {
  private total = 0;

  private constructor(
    private readonly root: string,
    private readonly limits: MarkdownGeneratorLimits,
  ) {}

  static async open(
    folder: string,
    limits: MarkdownGeneratorLimits,
  ): Promise<SourceFolder> {
    return new SourceFolder(await realpath(folder), limits);
  }

  /**
   * The place on the disk, or undefined when there is nothing. Synchronous since
   * links are looked up while a page is rendered, on a disk onto which the
   * repository has just been unpacked.
   *
   * @throws NotAllowedError when a symbolic link leads out of the repository.
   */
  private locate(file: string): string | undefined {
    let real: string;
    try {
      real = realpathSync.native(path.join(this.root, file));
    } catch {
      return undefined;
    }
    if (real !== this.root && !real.startsWith(this.root + path.sep)) {
      throw new NotAllowedError(
        `${file} leads out of the repository, which documentation may not`,
      );
    }
    return real;
  }

  /** Finds a regular file; undefined when there is none. */
  find(file: string): SourceFile | undefined {
    const real = this.locate(file);
    const stats = real === undefined ? undefined : statSync(real);
    return stats?.isFile() ? { path: file, bytes: stats.size } : undefined;
  }

  /** Size and time of a file; undefined when there is none to be had. */
  stamp(file: string): [bytes: number, changedAt: number] | undefined {
    let real: string | undefined;
    try {
      real = this.locate(file);
    } catch {
      // Leads out of the repository, and is no part of the site
    }
    const stats = real === undefined ? undefined : statSync(real);
    return stats && [stats.size, stats.mtimeMs];
  }

  /**
   * Every file below a folder, sorted; hidden folders, those of packages and
   * linked ones are not looked into.
   */
  async list(folder: string): Promise<string[]> {
    const found: string[] = [];
    const folders = [folder];
    let entries = 0;
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      const real = this.locate(next);
      if (real === undefined || !statSync(real).isDirectory()) {
        continue;
      }
      for (const entry of await readdir(real, { withFileTypes: true })) {
        entries += 1;
        if (entries > MAX_ENTRIES) {
          throw new InputError(
            `${folder} holds more than ${MAX_ENTRIES} files and folders`,
          );
        }
        const file = next === '' ? entry.name : `${next}/${entry.name}`;
        if (entry.name.startsWith('.') || SKIPPED.has(entry.name)) {
          continue;
        }
        if (entry.isDirectory()) {
          folders.push(file);
        } else if (entry.isFile() || entry.isSymbolicLink()) {
          found.push(file);
        }
      }
    }
    // By code units: the order must not depend on the machine's language
    return found.sort();
  }

  /**
   * @throws InputError when all that was read adds up to more than allowed.
   */
  async read(file: SourceFile): Promise<Buffer> {
    return this.count(await readFile(this.place(file)));
  }

  /** The same for a thread of its own, which nobody else waits for. */
  readAtOnce(file: SourceFile): Buffer {
    return this.count(readFileSync(this.place(file)));
  }

  private place({ path: file }: SourceFile): string {
    const real = this.locate(file);
    if (real === undefined) {
      throw new InputError(`${file} is gone`);
    }
    return real;
  }

  private count(content: Buffer): Buffer {
    this.total += content.length;
    if (this.total > this.limits.maxTotalBytes) {
      throw new InputError(
        `The documentation is larger than ${this.limits.maxTotalBytes} bytes, which is techdocs.generator.markdown.limits.maxTotalBytes`,
      );
    }
    return content;
  }
}
