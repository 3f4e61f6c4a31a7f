import { mkdirSync, openSync, writeSync, closeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Masker } from './Masker';

/**
 * What a stage says, kept up to a size: the beginning, and the end, where mistakes
 * stand.
 *
 * @internal
 */
export class StageLog {
  readonly #file: number;
  readonly #headBytes: number;
  readonly #masker: Masker;
  readonly #tailBytes: number;
  #written = 0;
  #left = 0;
  #tail = '';

  /** @throws Error when the file cannot be made */
  constructor(options: { path: string; maxBytes: number; secrets?: string[] }) {
    mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 });
    this.#file = openSync(options.path, 'w', 0o600);
    this.#tailBytes = Math.floor(options.maxBytes / 4);
    this.#headBytes = options.maxBytes - this.#tailBytes;
    this.#masker = new Masker(options.secrets ?? []);
  }

  readonly write = (chunk: Buffer): void => {
    this.#add(this.#masker.take(chunk));
  };

  /** A line of the runner itself. */
  note(text: string): void {
    this.#add(this.#masker.finish());
    this.#add(`▸ ${text}\n`);
  }

  close(): void {
    this.#add(this.#masker.finish());
    if (this.#tail) {
      const excess = this.#tail.length - this.#tailBytes;
      if (excess > 0) {
        this.#tail = this.#tail.slice(excess);
        this.#left += excess;
      }
      if (this.#left > 0) {
        this.#append(
          `\n▸ ${this.#left.toLocaleString(
            'en',
          )} characters are left out here\n`,
        );
      }
      this.#append(this.#tail);
    }
    closeSync(this.#file);
  }

  #add(text: string): void {
    if (!text) {
      return;
    }
    const room = this.#headBytes - this.#written;
    if (!this.#tail && Buffer.byteLength(text) <= room) {
      this.#append(text);
      return;
    }
    this.#tail += text;
    const excess = this.#tail.length - this.#tailBytes;
    // Not at every chunk: each time is a copy
    if (excess > this.#tailBytes) {
      this.#tail = this.#tail.slice(excess);
      this.#left += excess;
    }
  }

  #append(text: string): void {
    this.#written += writeSync(this.#file, text);
  }
}
