import { Entity } from '@backstage/catalog-model';
import { z } from 'zod';
import { filePoliciesSchema, FilePolicyRule } from './filePolicies';
import { VersionChange, versionChangesSchema } from './versionChanges';

const specSchema = z.object({
  steps: z.array(
    z.object({
      action: z.string().optional(),
      input: z.unknown().optional(),
    }),
  ),
  goldenPath: z
    .object({
      version: z.string().max(50).optional().catch(undefined),
      changes: versionChangesSchema.default([]).catch([]),
      files: filePoliciesSchema.optional(),
    })
    .optional()
    .catch(undefined),
});

/** No list of names: what is chosen by the answers, or a mistake. */
const inputSchema = z.object({ layers: z.array(z.string()).default([]) });

/**
 * What a template renders from, as far as that is the same for every run.
 *
 * @returns undefined for a template that renders nothing with layers, or chooses
 * them by its answers
 * @internal
 */
export function renderInput(template: Entity):
  | {
      layers: string[];
      files: FilePolicyRule[];
      version?: string;
      changes: VersionChange[];
    }
  | undefined {
  const parsed = specSchema.safeParse(template.spec);
  if (!parsed.success) {
    return undefined;
  }
  const { steps, goldenPath } = parsed.data;
  const renders = steps.filter(({ action }) => action === 'golden-path:render');
  const input = inputSchema.safeParse(renders[0]?.input);
  if (
    renders.length !== 1 ||
    !input.success ||
    input.data.layers.some(name => name.includes('${{'))
  ) {
    return undefined;
  }
  return {
    layers: input.data.layers,
    files: goldenPath?.files ?? [],
    version: goldenPath?.version,
    changes: goldenPath?.changes ?? [],
  };
}
