import { rm } from 'node:fs/promises';
import { globPattern } from '@waymark/plugin-golden-paths-common';
import { listFiles } from '../files/listFiles';
import { PathPart } from './layerParts';

/**
 * Leaves out the files of parts, whichever layer or skeleton they come from.
 *
 * @internal
 */
export async function dropLeftOut(options: {
  parts: PathPart[];
  rendered: { label: string; directory: string }[];
}): Promise<void> {
  const patterns = options.parts.flatMap(({ files }) => files.map(globPattern));
  if (patterns.length === 0) {
    return;
  }
  for (const { directory, label } of options.rendered) {
    for (const { path, absolutePath } of await listFiles({
      directory,
      label,
    })) {
      if (patterns.some(pattern => pattern.test(path))) {
        await rm(absolutePath);
      }
    }
  }
}
