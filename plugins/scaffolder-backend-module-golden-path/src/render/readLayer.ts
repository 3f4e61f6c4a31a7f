import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import { filePoliciesSchema, FilePolicyRule } from './filePolicies';
import { LayerParts, layerPartsSchema } from './layerParts';
import { VersionChange, versionChangesSchema } from './versionChanges';

/** How a layer, and so its folder, may be called. */
const LAYER_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const MAX_LAYER_FILE_BYTES = 64 * 1024;

const layerSchema = z.strictObject({
  name: z.string(),
  version: z.string().min(1).max(50),
  description: z.string().optional(),
  copyWithoutTemplating: z.array(z.string().min(1)).default([]),
  files: filePoliciesSchema.default([]),
  changes: versionChangesSchema.default([]),
  parts: layerPartsSchema.default({}),
});

/**
 * A layer: what several templates share. Its folder holds `layer.yaml` and,
 * under `content/`, the files it brings.
 *
 * @internal
 */
export interface Layer {
  name: string;
  version: string;
  /** Globs of the files within `content/` that are copied as they are. */
  copyWithoutTemplating: string[];
  /** What becomes of its files later; the first that matches decides. */
  files: FilePolicyRule[];
  /** What changed with its versions, the newest first. */
  changes: VersionChange[];
  /** What of it a service may do without. */
  parts: LayerParts;
}

/**
 * @throws InputError for a name that could not be the name of a folder
 * @internal
 */
export function assertLayerName(name: string): void {
  if (!LAYER_NAME.test(name)) {
    throw new InputError(
      `layers: '${name}' is not the name of a layer, which consists of lower case letters, digits and hyphens`,
    );
  }
}

/**
 * Reads the description of one layer.
 *
 * @throws InputError naming the layer, what is wrong, and the layers there are
 * @internal
 */
export async function readLayer(options: {
  /** The folder of all layers. */
  directory: string;
  /** Where that folder came from, for messages. */
  location: string;
  name: string;
}): Promise<Layer> {
  const { directory, location, name } = options;
  const folder = join(directory, name);
  const file = join(folder, 'layer.yaml');

  let source: string;
  try {
    const isLink = (await lstat(folder)).isSymbolicLink();
    const stats = await lstat(file);
    if (isLink || stats.isSymbolicLink()) {
      throw new InputError(
        `layers: '${name}' or its layer.yaml is a symbolic link; only plain files and folders are taken`,
      );
    }
    if (stats.size > MAX_LAYER_FILE_BYTES) {
      throw new InputError(`layers: layer.yaml of '${name}' is too large`);
    }
    source = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof InputError) {
      throw error;
    }
    const there = await listLayers(directory);
    throw new InputError(
      `layers: there is no layer '${name}' in ${location}, which holds ${
        there.length ? there.join(', ') : 'none'
      }`,
    );
  }

  let value: unknown;
  try {
    value = parse(source);
  } catch (error) {
    throw new InputError(
      `layers: layer.yaml of '${name}' is not valid YAML: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
  const parsed = layerSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      `layers: layer.yaml of '${name}' is wrong at ${
        issue.path.join('.') || 'its root'
      }: ${issue.message}`,
    );
  }
  if (parsed.data.name !== name) {
    throw new InputError(
      `layers: layer.yaml of '${name}' calls itself '${parsed.data.name}'`,
    );
  }
  return {
    name,
    version: parsed.data.version,
    copyWithoutTemplating: parsed.data.copyWithoutTemplating,
    files: parsed.data.files,
    changes: parsed.data.changes,
    parts: parsed.data.parts,
  };
}

async function listLayers(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(
    () => [],
  );
  return entries
    .filter(entry => entry.isDirectory() && LAYER_NAME.test(entry.name))
    .map(entry => entry.name)
    .sort();
}
