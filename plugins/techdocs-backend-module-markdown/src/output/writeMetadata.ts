import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Site } from '../source/Site';

const NAME = 'techdocs_metadata.json';

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
}): Promise<void> {
  const { etag, outputDir, site } = options;
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
    path.join(outputDir, NAME),
    JSON.stringify({
      site_name: site.name,
      site_description: site.description ?? '',
      ...(etag ? { etag } : {}),
      build_timestamp: Date.now(),
      files: [...files, NAME].sort(),
    }),
  );
}
