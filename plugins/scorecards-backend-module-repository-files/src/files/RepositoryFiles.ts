import { UrlReaderServiceReadTreeResponse } from '@backstage/backend-plugin-api';
import { FileUse, WANTED_FILES } from './wantedFiles';

/** Of a file; what is larger is there, and not read. */
const MAX_BYTES = 256 * 1024;
/** Of one use in one folder. */
const MAX_FILES = 50;

/**
 * A file that says something.
 *
 * @internal
 */
export interface FoundFile {
  /** Within the repository. */
  path: string;
  /** When it was read: it is a matter of its use and its size. */
  text?: string;
}

/**
 * The files of some folders of a repository, as far as they say something.
 *
 * @internal
 */
export class RepositoryFiles {
  readonly #folders: Set<string>;
  readonly #found = new Map<string, FoundFile[]>();
  readonly #seen = new Set<string>(['']);

  /** @param folders - to look into; the top one always is */
  constructor(folders: Iterable<string>) {
    this.#folders = new Set([...folders, '']);
  }

  /**
   * Passed to the reader: remembers names, and picks what has to be read.
   */
  readonly filter = (path: string, info?: { size: number }): boolean => {
    let isRead = false;
    for (const folder of this.#folders) {
      if (folder !== '' && !path.startsWith(`${folder}/`)) {
        continue;
      }
      this.#seen.add(folder);
      const inside = folder === '' ? path : path.slice(folder.length + 1);
      const wanted = WANTED_FILES.find(file => file.path.test(inside));
      if (!wanted) {
        continue;
      }
      const files = this.#filesOf(folder, wanted.use);
      if (files.length < MAX_FILES && !files.some(file => file.path === path)) {
        files.push({ path });
        isRead ||= wanted.read === true && (info?.size ?? 0) <= MAX_BYTES;
      }
    }
    return isRead;
  };

  /** Takes what the reader has read with the filter. */
  async take(tree: UrlReaderServiceReadTreeResponse): Promise<void> {
    const texts = new Map<string, string>();
    for (const file of await tree.files()) {
      const content = await file.content();
      if (content.length <= MAX_BYTES) {
        texts.set(file.path, content.toString('utf8'));
      }
    }
    for (const file of [...this.#found.values()].flat()) {
      file.text = texts.get(file.path);
    }
  }

  /** Whether there is anything in a folder. */
  has(folder: string): boolean {
    return this.#seen.has(folder);
  }

  /** In the folder or, if that has none and they count, at the top. In order. */
  find(folder: string, use: FileUse): FoundFile[] {
    const own = this.#filesOf(folder, use);
    const isInherited = WANTED_FILES.some(
      file => file.use === use && file.inherited,
    );
    const files =
      own.length === 0 && isInherited ? this.#filesOf('', use) : own;
    return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  #filesOf(folder: string, use: FileUse): FoundFile[] {
    const key = `${use} ${folder}`;
    const files = this.#found.get(key) ?? [];
    this.#found.set(key, files);
    return files;
  }
}
