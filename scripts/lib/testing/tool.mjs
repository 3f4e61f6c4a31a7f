import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, toolsDir } from '../paths.mjs';
import { run } from '../run.mjs';
import { toolEnvironment } from '../toolchain.mjs';

export const reportsDir = path.join(toolsDir, 'reports');

/** Runs a program of the repository; its output is kept in a file of its own. */
export async function tool(context, name, args, { env = {}, script } = {}) {
  mkdirSync(reportsDir, { recursive: true });
  return run(context.node, [script ?? context.yarn, ...args], {
    cwd: root,
    show: context.verbose,
    logFile: path.join(toolsDir, 'logs', `test-${name}.log`),
    env: {
      ...toolEnvironment(context.node),
      NODE_ENV: undefined,
      NODE_OPTIONS: undefined,
      FORCE_COLOR: undefined,
      NO_COLOR: '1',
      // No watch mode, no prompts
      CI: 'true',
      ...env,
    },
  });
}

/** The verdict of a program that counts, and its exit code, have to agree. */
export function counted(verdict, { code, output, logFile }) {
  const failed = code !== 0 && verdict.failed === 0 ? 1 : verdict.failed;
  return { skipped: 0, ...verdict, failed, details: output, logFile };
}

export function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
