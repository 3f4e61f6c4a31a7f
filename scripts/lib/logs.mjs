import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const keptStarts = 5;
const maxBytes = 16 * 1024 * 1024;

const numbered = (file, number) =>
  number === 0 ? file : file.replace(/\.log$/, `.${number}.log`);

/** Moves the log of each earlier start one number up; the oldest goes. */
export function rotateLog(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(numbered(file, keptStarts - 1), { force: true });
  for (let number = keptStarts - 2; number >= 0; number--) {
    if (existsSync(numbered(file, number))) {
      renameSync(numbered(file, number), numbered(file, number + 1));
    }
  }
}

/**
 * Keeps the log of a portal that runs for weeks from filling the disk: at its
 * limit the content moves on and the file starts again. The writer holds it
 * open for appending, so it goes on at the new end.
 */
export function boundLog(file, limit = maxBytes) {
  if (existsSync(file) && statSync(file).size > limit) {
    copyFileSync(file, numbered(file, 1));
    truncateSync(file, 0);
  }
}

/**
 * The end of a backend's log as a person wants to see it in a terminal: without
 * the lines of single requests, colours and endless metadata.
 */
export function lastLines(file, count) {
  if (!existsSync(file)) {
    return [];
  }
  const { size } = statSync(file);
  const buffer = Buffer.alloc(Math.min(size, 512 * 1024));
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
  } finally {
    closeSync(descriptor);
  }
  return buffer
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .filter(line => !line.includes('"incomingRequest"'))
    .map(line => stripVTControlCharacters(line).slice(0, 300))
    .slice(-count);
}

/** Passes on what is appended to a log. Returns the function that ends it. */
export function followLog(file, write) {
  let position = 0;
  const pass = () => {
    if (!existsSync(file)) {
      return;
    }
    const { size } = statSync(file);
    if (size < position) {
      position = 0;
    }
    if (size > position) {
      const buffer = Buffer.alloc(size - position);
      const descriptor = openSync(file, 'r');
      try {
        readSync(descriptor, buffer, 0, buffer.length, position);
      } finally {
        closeSync(descriptor);
      }
      position = size;
      write(buffer);
    }
  };
  const timer = setInterval(pass, 200);
  return () => {
    clearInterval(timer);
    pass();
  };
}
