import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import type { createWorkspaceTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { JsonObject } from '@backstage/types';
import { FileProgress } from './FileProgress';

/** @internal */
export type TemplateRenderAction = ReturnType<
  typeof createWorkspaceTemplateAction
>;

/**
 * Renders one folder into another by the scaffolder's own `workspace:template`,
 * so that a template behaves here as it does everywhere in Backstage. Also
 * outside of a run: nothing of one reaches a template but its values.
 *
 * @throws InputError naming the file that could not be rendered
 * @internal
 */
export async function renderFolder(options: {
  /** The scaffolder's `workspace:template`. */
  action: TemplateRenderAction;
  /** Holds both folders. */
  directory: string;
  source: string;
  target: string;
  values: JsonObject;
  copyWithoutTemplating: string[];
  /** What is rendered, for messages. */
  label: string;
  logger: LoggerService;
  signal?: AbortSignal;
}): Promise<void> {
  const { action, directory, source, target, label, logger } = options;
  const { signal } = options;
  const progress = new FileProgress(logger, signal);
  await mkdir(join(directory, target), { recursive: true });

  try {
    await action.handler({
      input: {
        sourcePath: source,
        targetPath: target,
        values: options.values,
        copyWithoutTemplating: options.copyWithoutTemplating,
      },
      workspacePath: directory,
      logger: progress,
      task: { id: '' },
      output: () => {},
      checkpoint: async ({ fn }) => fn(),
      createTemporaryDirectory: () => notInARun('a folder'),
      getInitiatorCredentials: () => notInARun('credentials'),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new InputError(
      `${label} could not be rendered${
        progress.lastFile ? ` at ${progress.lastFile}` : ''
      }: ${isError(error) ? error.message : error}`,
    );
  }
}

async function notInARun(what: string): Promise<never> {
  throw new Error(`Rendering asks for ${what} of a run`);
}
