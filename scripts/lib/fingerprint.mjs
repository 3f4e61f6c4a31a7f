import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** Digests that tell whether something has to be installed or built again. */

const ignored = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  'e2e-tests',
]);

function* filesOf(target) {
  const entries = readdirSync(target, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  for (const entry of entries) {
    const file = path.join(target, entry.name);
    if (entry.isDirectory()) {
      if (!ignored.has(entry.name)) {
        yield* filesOf(file);
      }
    } else if (entry.isFile()) {
      yield file;
    }
  }
}

function digest(files) {
  const hash = createHash('sha256');
  hash.update(`${process.platform}-${process.arch}\n`);
  for (const file of files) {
    const content = readFileSync(file);
    const name = path.relative(root, file).split(path.sep).join('/');
    hash.update(`${name}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** The packages of this repository: their folders and their package.json. */
export function workspaces() {
  return ['packages', 'plugins'].flatMap(folder => {
    const directory = path.join(root, folder);
    return existsSync(directory)
      ? readdirSync(directory)
          .sort()
          .map(name => path.join(directory, name))
          .filter(workspace => existsSync(path.join(workspace, 'package.json')))
          .map(workspace => ({
            directory: workspace,
            manifest: JSON.parse(
              readFileSync(path.join(workspace, 'package.json'), 'utf8'),
            ),
          }))
      : [];
  });
}

const rootFiles = names =>
  names.map(name => path.join(root, name)).filter(file => existsSync(file));

/** Changes when other dependencies have to be installed. */
export function dependenciesFingerprint() {
  return digest([
    ...rootFiles(['package.json', 'yarn.lock', '.yarnrc.yml']),
    ...workspaces().map(({ directory }) =>
      path.join(directory, 'package.json'),
    ),
  ]);
}

const builtIntoFrontend = role =>
  /^(frontend|frontend-plugin|frontend-plugin-module|web-library|common-library)$/.test(
    role,
  );

/**
 * What of a configuration goes into the build: of the rest the frontend is told at
 * every start.
 *
 * @param {string} text of the file
 */
export const builtInConfig = text =>
  text.match(/^app:.*(?:\r?\n(?:[ \t#].*)?)*/m)?.[0].trimEnd() ?? '';

/** Changes when the frontend would come out differently. */
export function frontendFingerprint() {
  const configs = rootFiles(['app-config.yaml', 'app-config.local.yaml'])
    .map(file => builtInConfig(readFileSync(file, 'utf8')))
    .filter(Boolean);
  const files = digest([
    ...rootFiles(['package.json', 'yarn.lock']),
    ...workspaces().flatMap(({ directory, manifest }) =>
      builtIntoFrontend(manifest.backstage?.role)
        ? [...filesOf(directory)]
        : // What a backend plugin may show of its configuration
          ['package.json', 'config.d.ts']
            .map(name => path.join(directory, name))
            .filter(file => existsSync(file)),
    ),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([files, ...configs]))
    .digest('hex');
}
