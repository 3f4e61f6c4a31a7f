import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where things are. Absolute, whatever folder a script is started from. */

export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** The private Node and Yarn, and what has been installed and built so far. */
export const toolsDir = path.join(root, '.tools');

/** Databases, repositories, secrets and logs of the local portal. */
export const defaultDataDir = path.join(root, '.data');

export const frontendDir = path.join(root, 'packages', 'app', 'dist');

/** `WAYMARK_DATA_DIR` when set, else `.data` of this checkout. */
export function dataDirectory(env = process.env) {
  return env.WAYMARK_DATA_DIR
    ? path.resolve(env.WAYMARK_DATA_DIR)
    : defaultDataDir;
}
