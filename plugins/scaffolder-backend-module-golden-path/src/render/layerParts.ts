import { InputError } from '@backstage/errors';
import { z } from 'zod';

const partName = z
  .string()
  .max(40)
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'a part is named with lower case letters, digits and hyphens',
  );

/**
 * What of a layer belongs to parts that a service may do without. A part may
 * have files in several layers; one of them says what it is.
 *
 * @internal
 */
export const layerPartsSchema = z.record(
  partName,
  z.strictObject({
    title: z.string().min(1).max(60).optional(),
    description: z.string().min(1).max(300).optional(),
    /** Parts without which it makes no sense. */
    needs: z.array(partName).max(20).optional(),
    /** `*` stands for anything within a folder, `**` for folders, too. */
    files: z.array(z.string().min(1).max(200)).max(50).default([]),
  }),
);

/** @internal */
export type LayerParts = z.infer<typeof layerPartsSchema>;

/**
 * A part of a golden path that a service may do without.
 *
 * @public
 */
export interface PathPart {
  name: string;
  title: string;
  description?: string;
  /** Names of the parts without which it makes no sense. */
  needs: string[];
  /** Globs of its files, wherever in the path they come from. */
  files: string[];
}

/**
 * The parts of a path, out of all its layers.
 *
 * @throws InputError when two layers say what one part is
 * @internal
 */
export function readPathParts(
  layers: { name: string; parts: LayerParts }[],
): PathPart[] {
  const found = new Map<string, PathPart>();
  const saidBy = new Map<string, string>();
  for (const layer of layers) {
    for (const [name, part] of Object.entries(layer.parts)) {
      const known = found.get(name) ?? {
        name,
        title: name,
        needs: [],
        files: [],
      };
      const says = part.title ?? part.description ?? part.needs;
      const other = saidBy.get(name);
      if (says !== undefined && other !== undefined) {
        throw new InputError(
          `layers: '${other}' and '${layer.name}' both say what the part '${name}' is; one of them should bring its files alone`,
        );
      }
      if (says !== undefined) {
        saidBy.set(name, layer.name);
      }
      found.set(name, {
        ...known,
        title: part.title ?? known.title,
        description: part.description ?? known.description,
        needs: part.needs ?? known.needs,
        files: [...known.files, ...part.files],
      });
    }
  }
  return [...found.values()].map(part => ({
    ...part,
    // What a path does not have, its parts cannot need
    needs: part.needs.filter(name => found.has(name)),
  }));
}
