import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, isError } from '@backstage/errors';
import type { createWorkspaceTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { FileProgress } from './FileProgress';

/** @internal */
export type TemplateRenderAction = ReturnType<
  typeof createWorkspaceTemplateAction
>;

/**
 * Renders one folder into another by the scaffolder's own `workspace:template`,
 * so that a template behaves here as it does everywhere in Backstage.
 *
 * @throws InputError naming the file that could not be rendered
 * @internal
 */
export async function renderFolder(options: {
  ctx: ActionContext<any, any>;
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
}): Promise<void> {
  const { ctx, action, directory, source, target, label } = options;
  const progress = new FileProgress(ctx.logger);
  await mkdir(join(directory, target), { recursive: true });

  try {
    await action.handler({
      ...ctx,
      input: {
        sourcePath: source,
        targetPath: target,
        values: options.values,
        copyWithoutTemplating: options.copyWithoutTemplating,
      },
      workspacePath: directory,
      logger: progress,
    });
  } catch (error) {
    throw new InputError(
      `${label} could not be rendered${
        progress.lastFile ? ` at ${progress.lastFile}` : ''
      }: ${isError(error) ? error.message : error}`,
    );
  }
}
