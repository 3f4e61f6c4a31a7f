import { globPattern } from './globPattern';

/**
 * The part whose files are not in the repository of the service, but in that which
 * Argo CD reads.
 *
 * @public
 */
export const DELIVERY_PART = 'delivery';

/**
 * The files of a part of a golden path. `*` stands for anything within a folder,
 * `**` for folders, too.
 *
 * @public
 */
export interface PartFiles {
  name: string;
  files: string[];
}

/**
 * Which files belong to the parts of a golden path.
 *
 * @public
 */
export class PathParts {
  readonly #patterns: ReadonlyMap<string, readonly RegExp[]>;

  constructor(parts: readonly PartFiles[]) {
    this.#patterns = new Map(
      parts.map(({ name, files }) => [name, files.map(globPattern)]),
    );
  }

  /** Whether the path has a part of this name. */
  has(part: string): boolean {
    return this.#patterns.has(part);
  }

  /**
   * Whether a part is among the files that a path has generated. One that is not
   * known is in none.
   */
  isIn(part: string, generated: ReadonlyMap<string, unknown>): boolean {
    const patterns = this.#patterns.get(part) ?? [];
    return [...generated.keys()].some(file =>
      patterns.some(pattern => pattern.test(file)),
    );
  }
}
