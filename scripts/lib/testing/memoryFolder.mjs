import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const GIGABYTE = 1024 ** 3;
const TMPFS = 0x01021994;

/**
 * A new folder for temporary files that is kept in memory, where the machine has
 * plenty of it. Tests make hundreds of databases and repositories, and on a disk
 * every commit to one of them waits.
 *
 * @returns {string | undefined} `undefined` where the disk has to do
 */
export function createMemoryFolder(parent = '/dev/shm') {
  let folder;
  try {
    const { type, bavail, bsize } = statfsSync(parent);
    if (
      type !== TMPFS ||
      bavail * bsize < 4 * GIGABYTE ||
      process.availableMemory() < 8 * GIGABYTE
    ) {
      return undefined;
    }
    folder = mkdtempSync(path.join(parent, 'waymark-test-'));
    // PostgreSQL is run by another user than root
    chmodSync(folder, 0o711);
    // Some systems run no programs from there, and tests do
    const program = path.join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
    execFileSync(program, { stdio: 'ignore' });
    rmSync(program);
    return folder;
  } catch {
    if (folder) {
      rmSync(folder, { recursive: true, force: true });
    }
    return undefined;
  }
}
