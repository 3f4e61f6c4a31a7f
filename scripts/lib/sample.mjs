import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { UserError } from './errors.mjs';
import { root } from './paths.mjs';
import { forgetSampleYear } from './sample-year.mjs';

/** The sample organisation: on until somebody leaves it, then off until asked back. */

/** What the sample adds to the configuration. */
export const sampleConfig = path.join(root, 'examples', 'app-config.yaml');

/** The options of the commands that start a portal. */
export const sampleFlags = ['sample', 'no-sample'];

const leftFile = dataDir => path.join(dataDir, 'without-sample');

/**
 * Whether the portal shows the sample organisation: as this start was told, else
 * as the last one was. The choice is kept beside the data.
 *
 * @param {{ options: { sample?: boolean, 'no-sample'?: boolean }, dataDir: string }} start
 * @returns {{ on: boolean, changed: boolean }}
 */
export function chooseSample({ options, dataDir }) {
  const wasOn = !existsSync(leftFile(dataDir));
  if (options.sample && options['no-sample']) {
    throw new UserError('--sample and --no-sample say opposite things.', [
      'Give one of them, or none: then it stays as it is.',
    ]);
  }
  const on = options.sample || (wasOn && !options['no-sample']);
  if (on) {
    rmSync(leftFile(dataDir), { force: true });
  } else {
    mkdirSync(dataDir, { recursive: true });
    forgetSampleYear(dataDir);
    writeFileSync(
      leftFile(dataDir),
      'The portal starts without the sample organisation.\n',
    );
  }
  return { on, changed: on !== wasOn };
}

/**
 * Repositories of the sample that stayed when it left, because somebody had
 * changed them.
 *
 * @returns {string[]} their full names
 */
export function keptRepositories(dataDir) {
  const repositories = seedRecord(dataDir);
  return Object.keys(repositories).filter(
    name => repositories[name] === 'kept',
  );
}

/** What the forge knows of the repositories it was started with. */
function seedRecord(dataDir) {
  try {
    const record = path.join(dataDir, 'repositories', '.seeds.json');
    return JSON.parse(readFileSync(record, 'utf8')).repositories;
  } catch {
    // There never was one
    return {};
  }
}

/**
 * Entities by which to see that all of the sample is in the catalog: the first of
 * each of its files, and the component of each of its repositories, but for those
 * that somebody has deleted.
 *
 * @returns {string[]} their references
 */
export function sampleMilestones(dataDir) {
  const examples = path.dirname(sampleConfig);
  const list = readFileSync(path.join(examples, 'catalog-info.yaml'), 'utf8');
  const first = [...list.matchAll(/- (\.\/.+\.yaml)/g)].map(([, file]) => {
    const text = readFileSync(path.join(examples, file), 'utf8');
    const [, kind, name] = text.match(
      /^kind: (.+)\nmetadata:\n {2}name: (.+)$/m,
    );
    return `${kind}:default/${name}`;
  });
  const known = seedRecord(dataDir);
  const repositories = readdirSync(path.join(examples, 'repositories'), {
    recursive: true,
  })
    .filter(file => file.endsWith('.mbox'))
    .map(file => file.slice(0, -'.mbox'.length).split(path.sep).join('/'))
    .filter(
      name =>
        !known[name] ||
        existsSync(path.join(dataDir, 'repositories', `${name}.git`)),
    );
  return [
    ...first,
    ...repositories.map(name => `Component:default/${path.basename(name)}`),
  ];
}

/** What is said of it on the terminal. */
export function describeSample({ on }) {
  return on
    ? 'Kestrelvale Rail; to leave it: npm start -- --no-sample'
    : 'off; to bring it back: npm start -- --sample';
}
