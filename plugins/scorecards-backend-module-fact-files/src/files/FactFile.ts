import { readFile, stat } from 'node:fs/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ForwardedError, InputError } from '@backstage/errors';
import { FactOfFile, parseFactFile } from './parseFactFile';

const MAX_BYTES = 20 * 1024 * 1024;

/**
 * What a file says now. While it cannot be read, that is what it said last, and
 * nothing where it was never read.
 *
 * @internal
 */
export interface FactFileContent {
  byEntity: ReadonlyMap<string, readonly FactOfFile[]>;
  /** When the file was changed, in milliseconds since 1970. */
  changedAt: number;
  error?: Error;
}

/**
 * A file of facts, read again whenever it has changed.
 *
 * @internal
 */
export class FactFile {
  readonly path: string;
  readonly source: string;
  readonly #logger: LoggerService;
  #content: FactFileContent = { byEntity: new Map(), changedAt: 0 };
  #fingerprint?: string;
  #reading?: Promise<void>;

  constructor(options: {
    path: string;
    source: string;
    logger: LoggerService;
  }) {
    this.path = options.path;
    this.source = options.source;
    this.#logger = options.logger;
  }

  async read(): Promise<FactFileContent> {
    this.#reading ??= this.#readWhenChanged().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
    return this.#content;
  }

  async #readWhenChanged(): Promise<void> {
    let fingerprint = 'missing';
    try {
      const { mtimeMs, size, ino } = await stat(this.path);
      fingerprint = `${mtimeMs} ${size} ${ino}`;
      if (fingerprint === this.#fingerprint) {
        return;
      }
      if (size > MAX_BYTES) {
        throw new InputError(`it has more than ${MAX_BYTES} bytes`);
      }
      this.#content = {
        byEntity: parseFactFile(await readFile(this.path, 'utf8')),
        changedAt: mtimeMs,
      };
    } catch (error) {
      if (fingerprint === this.#fingerprint) {
        return;
      }
      this.#content = {
        ...this.#content,
        error: new ForwardedError(`The file ${this.path} is not used`, error),
      };
      this.#logger.error(
        `${
          this.#content.error?.message
        }. Mend it: it is read again when it changes`,
      );
    }
    this.#fingerprint = fingerprint;
  }
}
