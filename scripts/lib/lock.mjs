import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describeProcess, isSameProcess } from './processes.mjs';

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isHeld(content) {
  return [content?.owner, content?.child].some(isSameProcess);
}

/** Who holds the lock now; undefined when nobody does. */
export function lockHolder(file) {
  const content = read(file);
  return isHeld(content) ? content : undefined;
}

/**
 * Takes a lock file that outlives no process: what is left by one that died is
 * recognised and taken over.
 *
 * @param {string} file
 * @param {object} [details] told to whoever comes second
 * @returns the lock, or `{ holder }` when somebody else has it
 */
export function acquireLock(file, details = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  const content = { ...details, owner: describeProcess(process.pid) };
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(content));
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        claim(temporary, file);
        return createLock(file, content);
      } catch (error) {
        if (error.code !== 'EEXIST') {
          throw error;
        }
      }
      const holder = lockHolder(file);
      if (holder) {
        return { holder };
      }
      discardStale(file);
    }
    return { holder: read(file) ?? {} };
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Gives the complete file its name; fails with EEXIST when there is one. */
function claim(temporary, file) {
  try {
    // Unlike a rename, a link never replaces what is there
    linkSync(temporary, file);
  } catch (error) {
    if (error.code === 'EEXIST') {
      throw error;
    }
    // A file system without hard links
    copyFileSync(temporary, file, constants.COPYFILE_EXCL);
  }
}

function discardStale(file) {
  // Moved aside first, so that of two who find it stale only one removes it
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') {
      return;
    }
    throw error;
  }
  if (isHeld(read(aside))) {
    // Somebody took it between our look and our move: give it back
    try {
      claim(aside, file);
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
  }
  rmSync(aside, { force: true });
}

function createLock(file, content) {
  let released = false;
  return {
    /** Also held for as long as this process lives. */
    setChild(pid) {
      content.child = describeProcess(pid);
      const temporary = `${file}.${process.pid}`;
      writeFileSync(temporary, JSON.stringify(content));
      renameSync(temporary, file);
    },
    release() {
      if (!released) {
        released = true;
        rmSync(file, { force: true });
      }
    },
  };
}
