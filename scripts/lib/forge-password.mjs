import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** The file that holds what the forge asks for when somebody writes to it. */
export const forgePasswordFile = dataDir =>
  path.join(dataDir, 'secrets', 'forge-password');

/** Reads the forge's password, made up at random on the first start. */
export function forgePassword(dataDir) {
  const file = forgePasswordFile(dataDir);
  const existing = read(file);
  if (existing) {
    return existing;
  }
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Complete before it has its name: a start cut off here leaves no empty secret
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${randomBytes(24).toString('base64url')}\n`, {
    mode: 0o600,
  });
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
  return read(file);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
