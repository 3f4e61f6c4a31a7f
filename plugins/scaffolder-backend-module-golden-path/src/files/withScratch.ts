import { mkdir, rm } from 'node:fs/promises';

/**
 * Lends a folder beside the workspace of a task.
 *
 * Its name is the same every time, so that what a killed process left behind
 * goes when the task is resumed. The scaffolder's own temporary folders stay
 * behind when an action fails.
 *
 * @internal
 */
export async function withScratch<T>(
  workspacePath: string,
  purpose: string,
  work: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = `${workspacePath}_golden-path-${purpose}`;
  await rm(directory, { recursive: true, force: true });
  // Nobody else on the machine has a look
  await mkdir(directory, { recursive: true, mode: 0o700 });
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
