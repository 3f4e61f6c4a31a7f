import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertKnown, describedPaths, NotPossible } from './command-line.mjs';

const minimal = fileURLToPath(new URL('../minimal/', import.meta.url));

/**
 * Makes a template that passes `yarn templates:test`.
 *
 * @param {object} options
 * @param {string} options.root the folder that has `templates/` in it
 * @param {string} options.name of the new one
 * @param {string} [options.from] the path whose form, steps and files it takes;
 * default: the smallest there can be
 * @returns {string[]} the files that were written or changed
 * @throws NotPossible
 */
export function newTemplate({ root, name, from }) {
  const templates = join(root, 'templates');
  const folder = join(templates, name);
  const description = join(root, 'scripts/templates/paths', `${name}.mjs`);
  assertName(name);
  if (existsSync(folder) || existsSync(description)) {
    throw new NotPossible(`There is a templates/${name} already`);
  }
  if (from !== undefined) {
    assertKnown(from, describedPaths(dirname(description)));
  }

  // Descriptions of paths name what is made for the proof in 20 characters
  const example = `try-${name}`.slice(0, 20).replace(/-$/, '');
  if (from === undefined) {
    copyMinimal({ name, folder, description, example });
  } else {
    copyPath({ templates, name, from, folder, description, example });
  }
  addToCatalog(join(templates, 'catalog-info.yaml'), name);
  return [
    `templates/${name}/`,
    `templates/catalog-info.yaml`,
    `scripts/templates/paths/${name}.mjs`,
  ];
}

function assertName(name) {
  if (
    !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) ||
    name.length < 3 ||
    name.length > 50 ||
    name === 'layers'
  ) {
    throw new NotPossible(
      `${JSON.stringify(
        name,
      )} is no name for a template: 3 to 50 small letters, digits and single hyphens, starting with a letter`,
    );
  }
}

/** What the small template leaves open. */
function fillIn(source, { name, example }) {
  return source
    .replaceAll('__name__', name)
    .replaceAll('__title__', titleOf(name))
    .replaceAll('__example__', example);
}

function titleOf(name) {
  const words = name.replaceAll('-', ' ');
  return words[0].toUpperCase() + words.slice(1);
}

function copyMinimal({ name, folder, description, example }) {
  cpSync(minimal, folder, {
    recursive: true,
    filter: file => !file.endsWith('path.mjs'),
  });
  const template = join(folder, 'template.yaml');
  for (const [from, to] of [
    [join(minimal, 'template.yaml'), template],
    [join(minimal, 'path.mjs'), description],
  ]) {
    writeFileSync(to, fillIn(readFileSync(from, 'utf8'), { name, example }));
  }
}

function copyPath({ templates, name, from, folder, description, example }) {
  const original = readFileSync(join(description, '..', `${from}.mjs`), 'utf8');
  const [, old] = /\n {2}example: '([^']+)'/.exec(original) ?? [];
  if (old === undefined) {
    throw new NotPossible(
      `${from} changes what is there already; such a template begins with a copy by hand of templates/${from} and scripts/templates/paths/${from}.mjs`,
    );
  }
  cpSync(join(templates, from), folder, {
    recursive: true,
    // Written by the first test with --update
    filter: file => !file.endsWith('expected-files.json'),
  });
  const template = join(folder, 'template.yaml');
  writeFileSync(
    template,
    readFileSync(template, 'utf8')
      .replace(`\n  name: ${from}\n`, `\n  name: ${name}\n`)
      .replace(/\n {2}title: .*\n/, `\n  title: ${titleOf(name)}\n`)
      // Nothing is made of it yet that could be behind
      .replace(/\n {4}version: .*\n/, '\n    version: 0.1.0\n')
      .replace(/(\n {4}#.*)*\n {4}changes:(\n {5,}.*)*\n/, '\n'),
  );
  writeFileSync(
    description,
    original
      .replace(`\n  name: '${from}'`, `\n  name: '${name}'`)
      .replaceAll(`templates/${from}\``, `templates/${name}\``)
      .replaceAll(old, example),
  );
}

/** In the order of the alphabet, as the others are. */
function addToCatalog(file, name) {
  const source = readFileSync(file, 'utf8');
  const lines = source.trimEnd().split('\n');
  const first = lines.findIndex(line => line.startsWith('    - ./'));
  const targets = [
    ...lines.slice(first),
    `    - ./${name}/template.yaml`,
  ].sort();
  writeFileSync(file, [...lines.slice(0, first), ...targets, ''].join('\n'));
}
