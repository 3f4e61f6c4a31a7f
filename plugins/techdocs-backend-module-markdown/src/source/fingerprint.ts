import { createHash } from 'node:crypto';
import { readMkdocsYaml } from './readMkdocsYaml';
import { SourceFolder } from './SourceFolder';

/**
 * Changes when a file does that a site is made of: by name, size and time. Pictures
 * outside of the folder of the documentation are not looked at.
 *
 * @internal
 */
export async function fingerprint(source: SourceFolder): Promise<string> {
  const mkdocs = await readMkdocsYaml(source);
  const names = [
    'mkdocs.yaml',
    'mkdocs.yml',
    'README.md',
    'readme.md',
    ...(await source.list(mkdocs?.docsDir ?? 'docs')),
  ];
  const hash = createHash('sha256');
  for (const name of names) {
    hash.update(JSON.stringify([name, source.stamp(name)]));
  }
  return hash.digest('hex');
}
