import { createHash, randomInt } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RepositoryName } from './Repository';

const FILE = 'forge.json';

const metadata = z.object({
  id: z.number().int().positive(),
  description: z.string(),
  createdAt: z.iso.datetime(),
  seededRefs: z.string().optional(),
});

/** @internal */
export type RepositoryMetadata = z.infer<typeof metadata>;

/** @internal */
export function newMetadata(description: string): RepositoryMetadata {
  return {
    id: randomInt(1, 2 ** 47),
    description,
    createdAt: new Date().toISOString(),
  };
}

/** @internal */
export async function writeMetadata(
  directory: string,
  value: RepositoryMetadata,
): Promise<void> {
  await writeFile(
    join(directory, FILE),
    `${JSON.stringify(value, undefined, 2)}\n`,
  );
}

/**
 * A number that is always the same for a name.
 *
 * @internal
 */
export function idOfName(name: string): number {
  return createHash('sha256').update(name).digest().readUIntBE(0, 6) + 1;
}

/**
 * What is kept beside a repository. One that was put into the folder by hand has
 * no such file, and a power cut may leave half of one: then it gets what can be
 * told without, because one such repository must not break the list of all.
 *
 * @internal
 */
export async function readMetadata(
  directory: string,
  name: RepositoryName,
): Promise<RepositoryMetadata> {
  let text = '';
  try {
    text = await readFile(join(directory, FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
  }
  const kept = metadata.safeParse(parseJson(text));
  if (kept.success) {
    return kept.data;
  }
  const { birthtime } = await stat(directory);
  return {
    id: idOfName(`${name.organization}/${name.name}`),
    description: '',
    createdAt: birthtime.toISOString(),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
