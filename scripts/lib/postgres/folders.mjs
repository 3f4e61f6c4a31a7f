import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lockHolder } from '../lock.mjs';
import { endOrphan } from './cluster.mjs';

const prefix = 'waymark-postgres-data-';

export const lockFile = dataDir => `${dataDir.replace(/[\\/]+$/, '')}.lock`;

/** A folder for a server that goes with whoever started it. */
export const temporaryFolder = () =>
  mkdtempSync(path.join(os.tmpdir(), prefix));

/** Removes what servers left whose keeper was killed as well. */
export async function removeAbandoned() {
  for (const name of readdirSync(os.tmpdir())) {
    const folder = path.join(os.tmpdir(), name);
    if (!name.startsWith(prefix) || name.includes('.lock')) {
      continue;
    }
    try {
      // One that was just made has no lock yet
      const age = Date.now() - statSync(folder).mtimeMs;
      if (age < 60_000 || lockHolder(lockFile(folder))) {
        continue;
      }
      await endOrphan(folder);
      rmSync(folder, { recursive: true, force: true });
      rmSync(lockFile(folder), { force: true });
    } catch {
      // Another user's, or another start is removing it
    }
  }
}
