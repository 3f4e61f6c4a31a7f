import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { configFiles } from '../../lib/backend.mjs';
import { newTemplate } from './new-template.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The path that `yarn templates:new` makes, for the proof that it can be proven. */
export const newPath = 'made-by-command';

/** One that it makes from another one. */
export const copiedPath = { name: 'copied-by-command', from: 'node-api' };

/**
 * A copy of everything that templates are made of: layers can be broken in it, and
 * there are two templates more, made as an author would make them.
 *
 * @returns where it is, the names of its templates, and the configuration of a portal that takes it
 */
export function copyTemplates(scratch) {
  const copy = join(scratch, 'copy');
  cpSync(join(root, 'templates'), join(copy, 'templates'), {
    recursive: true,
  });
  const foreign = join(copy, 'foreign');
  cpSync(fileURLToPath(new URL('../foreign/', import.meta.url)), foreign, {
    recursive: true,
  });
  const paths = join(copy, 'scripts/templates/paths');
  mkdirSync(dirname(paths), { recursive: true });
  cpSync(fileURLToPath(new URL('../paths/', import.meta.url)), paths, {
    recursive: true,
  });
  // Descriptions of paths say it as ../lib
  symlinkSync(
    fileURLToPath(new URL('./', import.meta.url)),
    join(copy, 'scripts/templates/lib'),
  );
  newTemplate({ root: copy, name: newPath });
  newTemplate({ root: copy, ...copiedPath });

  const config = join(scratch, 'templates.yaml');
  writeFileSync(
    config,
    stringify({
      // Nothing of it is kept: not even the disk is waited for
      backend: { database: { connection: ':memory:' } },
      catalog: {
        locations: [
          ...locations().map(location =>
            location.target.endsWith('/templates/catalog-info.yaml')
              ? { ...location, target: catalogFile(copy) }
              : location,
          ),
          { type: 'file', target: join(foreign, 'template.yaml') },
        ],
      },
    }),
  );
  return {
    templates: join(copy, 'templates'),
    layers: join(copy, 'templates/layers'),
    descriptions: paths,
    names: [...templatesIn(join(copy, 'templates')), 'from-elsewhere'],
    config,
  };
}

/** The names of the templates in a folder. */
export function templatesIn(folder) {
  return readdirSync(folder).filter(name =>
    existsSync(join(folder, name, 'template.yaml')),
  );
}

const catalogFile = copy => join(copy, 'templates/catalog-info.yaml');

/** The last of the configuration files that says something wins. */
function locations() {
  return configFiles()
    .map(file => parse(readFileSync(file, 'utf8')).catalog?.locations)
    .findLast(Boolean);
}
