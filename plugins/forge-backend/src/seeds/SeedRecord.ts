import { ForwardedError } from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** No organisation can have this name. */
const FILE = '.seeds.json';

/**
 * What became of a seed: the repository was made of it, once, and is nobody's
 * but its users' since; it left unchanged together with its seed; or it stayed
 * when its seed left, because somebody had changed it.
 */
const seedState = z.enum(['created', 'left', 'kept']);

const content = z.object({ repositories: z.record(z.string(), seedState) });

/** @internal */
export type SeedState = z.infer<typeof seedState>;

/**
 * What became of every seed there ever was, by the full name of its repository.
 *
 * @internal
 */
export class SeedRecord {
  readonly #file: string;
  readonly #directory: string;

  constructor(options: { directory: string }) {
    this.#directory = options.directory;
    this.#file = join(options.directory, FILE);
  }

  async read(): Promise<Map<string, SeedState>> {
    let text: string;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return new Map();
      }
      throw error;
    }
    try {
      const { repositories } = content.parse(JSON.parse(text));
      return new Map(Object.entries(repositories));
    } catch (error) {
      throw new ForwardedError(`${this.#file} cannot be read`, error);
    }
  }

  /** Wholly, or not at all. */
  async write(states: ReadonlyMap<string, SeedState>): Promise<void> {
    const sorted = [...states].sort(([a], [b]) => (a < b ? -1 : 1));
    const value: z.infer<typeof content> = {
      repositories: Object.fromEntries(sorted),
    };
    const draft = `${this.#file}.${randomUUID()}`;
    await mkdir(this.#directory, { recursive: true });
    await writeFile(draft, `${JSON.stringify(value, undefined, 2)}\n`);
    await rename(draft, this.#file);
  }
}
