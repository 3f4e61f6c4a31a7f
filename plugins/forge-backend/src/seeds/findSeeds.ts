import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { organizationName, repositoryName } from '../names/schemas';
import { Seed } from './Seed';

const MAILBOX = '.mbox';
const DESCRIPTION = '.txt';

function parseName(schema: z.ZodType<string>, name: string, path: string) {
  const result = schema.safeParse(name);
  if (!result.success) {
    throw new Error(`${path}: its name ${result.error.issues[0].message}`);
  }
  return result.data;
}

async function readDescription(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return '';
    }
    throw error;
  }
}

/**
 * The seeds in a folder: `<organisation>/<name>.mbox`, with the description of
 * the repository in `<name>.txt` beside it. Other files are none of ours.
 *
 * @throws Error when the folder cannot be read, or a name is none for a repository
 * @internal
 */
export async function findSeeds(folder: string): Promise<Seed[]> {
  const seeds: Seed[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) {
      continue;
    }
    const path = join(folder, entry.name);
    const files = (await readdir(path)).filter(file => file.endsWith(MAILBOX));
    for (const file of files.sort()) {
      const name = file.slice(0, -MAILBOX.length);
      seeds.push({
        organization: parseName(organizationName, entry.name, path),
        name: parseName(repositoryName, name, join(path, file)),
        file: join(path, file),
        description: await readDescription(join(path, `${name}${DESCRIPTION}`)),
      });
    }
  }
  return seeds;
}
