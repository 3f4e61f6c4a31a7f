import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

/** A template and the files of its folder, as the template editor sends them. */
export function readTemplate(folder) {
  return {
    template: parse(readFileSync(join(folder, 'template.yaml'), 'utf8')),
    directoryContents: readdirSync(folder, { recursive: true })
      .filter(path => statSync(join(folder, path)).isFile())
      .map(path => ({
        path,
        base64Content: readFileSync(join(folder, path)).toString('base64'),
      })),
  };
}

/**
 * Runs a template without effects.
 *
 * @returns the files it would make, its log and its output
 * @throws when it does not run to its end
 */
export async function dryRun({ portal, values, ...template }) {
  const { directoryContents, log, output } = await portal.json(
    '/api/scaffolder/v2/dry-run',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ values, secrets: {}, ...template }),
    },
  );
  return {
    files: directoryContents,
    log: log.map(({ body }) => body.message).join('\n'),
    output,
  };
}

/** Puts the files of a dry run on the disk. */
export function writeFiles(directory, files) {
  for (const { path, executable, base64Content } of files) {
    const target = join(directory, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, Buffer.from(base64Content, 'base64'), {
      mode: executable ? 0o755 : 0o644,
    });
  }
}
