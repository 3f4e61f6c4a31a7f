import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Masker } from './Masker';

/**
 * What a service says as long as it runs: the latest, up to a size. At half of it
 * the file moves aside, where one earlier part is kept.
 *
 * @internal
 */
export class ServiceLog {
  readonly #path: string;
  readonly #maxBytes: number;
  #file: number;
  #size: number;

  constructor(options: { path: string; maxBytes: number }) {
    this.#path = options.path;
    this.#maxBytes = options.maxBytes / 2;
    mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 });
    this.#file = openSync(options.path, 'a', 0o600);
    this.#size = fstatSync(this.#file).size;
  }

  /** Takes what one process says. */
  input(): { write: (chunk: Buffer) => void; end: () => void } {
    const masker = new Masker([]);
    return {
      write: chunk => this.#add(masker.take(chunk)),
      end: () => this.#add(masker.finish()),
    };
  }

  /** A line of the runner itself. */
  note(text: string): void {
    this.#add(`▸ ${new Date().toISOString()} ${text}\n`);
  }

  #add(text: string): void {
    if (!text) {
      return;
    }
    if (this.#size > this.#maxBytes) {
      closeSync(this.#file);
      renameSync(this.#path, `${this.#path}.1`);
      this.#file = openSync(this.#path, 'a', 0o600);
      this.#size = 0;
    }
    this.#size += writeSync(this.#file, text);
  }
}
