import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { STYLESHEET_PATH } from '../page/stylesheet';
import { Site } from '../source/Site';

/** @internal */
export const METADATA_FILE = 'techdocs_metadata.json';

/**
 * Changes when the same sources give another site than before: sites of an older
 * form are built anew. The number stands for what is not in the stylesheet.
 *
 * @internal
 */
export const SITE_FORMAT = `2-${STYLESHEET_PATH}`;

/**
 * Writes what TechDocs wants to know of a finished site. Apart from the time in
 * it, a site only depends on its sources.
 *
 * @internal
 */
export async function writeMetadata(options: {
  etag?: string;
  outputDir: string;
  site: Site;
  /** What could not be built as it stands. */
  warnings: string[];
}): Promise<void> {
  const { etag, outputDir, site, warnings } = options;
  const entries = await readdir(outputDir, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry =>
      path
        .relative(outputDir, path.join(entry.parentPath, entry.name))
        .split(path.sep)
        .join('/'),
    );
  await writeFile(
    path.join(outputDir, METADATA_FILE),
    JSON.stringify({
      site_name: site.name,
      site_description: site.description ?? '',
      ...(etag ? { etag } : {}),
      format: SITE_FORMAT,
      ...(warnings.length > 0 ? { warnings } : {}),
      build_timestamp: Date.now(),
      files: [...files, METADATA_FILE].sort(),
    }),
  );
}
