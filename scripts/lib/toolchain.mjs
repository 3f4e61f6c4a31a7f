import { existsSync } from 'node:fs';
import path from 'node:path';
import { suitsPortal } from './node-version.mjs';
import { toolsDir } from './paths.mjs';

const privateNode = path.join(
  toolsDir,
  'node',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** The Node that runs the portal: this one if it fits, else the private one. */
export function findNode() {
  if (suitsPortal(process.version)) {
    return process.execPath;
  }
  if (existsSync(privateNode)) {
    return privateNode;
  }
  throw new Error(
    `Node ${process.version} does not run the portal: it takes 22.12 or 24`,
  );
}
