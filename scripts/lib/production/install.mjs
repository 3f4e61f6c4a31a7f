import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parseArguments } from '../arguments.mjs';
import { describeError, UserError } from '../errors.mjs';
import { networkAdvice, networkSettings } from '../npm.mjs';
import { root, toolsDir } from '../paths.mjs';
import { buildWorkspace, prepare } from '../prepare.mjs';
import { step } from '../progress.mjs';
import { run } from '../run.mjs';
import { toolEnvironment } from '../toolchain.mjs';

const usage = 'Usage: node scripts/production/install.mjs --to <folder>';
const bundle = path.join(root, 'packages/backend/dist/bundle.tar.gz');

// Tells a folder that this script made from one it must not touch
const marker = '.waymark-production';

export async function main(args = process.argv.slice(2)) {
  try {
    const { to } = parseArguments(args, { values: ['to'], usage });
    if (!to) {
      throw new UserError('Where to?', [usage]);
    }
    const directory = path.resolve(to);
    await installProduction({ directory });
    console.log(`
Installed in ${directory}. Start it there, with the variables set that
app-config.production.yaml names at its top:

  NODE_ENV=production node packages/backend --config app-config.production.yaml
`);
  } catch (error) {
    console.error(`\n${describeError(error)}`);
    process.exitCode = 1;
  }
}

/**
 * Builds frontend and backend and installs them with nothing but what they need
 * to run.
 *
 * @param {{ directory: string, quiet?: boolean }} options
 */
export async function installProduction({ directory, quiet = false }) {
  claim(directory);
  const show = quiet ? (_title, work) => work(() => {}) : step;
  const tools = await prepare({ frontend: false, quiet });
  await show('Building', () =>
    buildWorkspace(tools, {
      workspace: 'backend',
      problem: 'The portal could not be built',
      logFile: logFile('build'),
    }),
  );
  await show('Installing the dependencies', () => install(tools, directory));
}

function claim(directory) {
  mkdirSync(directory, { recursive: true });
  if (
    readdirSync(directory).length > 0 &&
    !existsSync(path.join(directory, marker))
  ) {
    throw new UserError(`${directory} is not empty.`, [
      'Name an empty folder, or one that this command has filled before.',
    ]);
  }
  writeFileSync(path.join(directory, marker), '');
}

const logFile = name => path.join(toolsDir, 'logs', `production-${name}.log`);

async function install({ node, yarn }, directory) {
  // Of an earlier installation only the dependencies are worth keeping
  for (const name of readdirSync(directory)) {
    if (![marker, 'node_modules'].includes(name)) {
      rmSync(path.join(directory, name), { recursive: true, force: true });
    }
  }
  const unpacked = await run('tar', ['xzf', bundle], { cwd: directory });
  if (unpacked.code !== 0) {
    throw new UserError('The bundle could not be unpacked.', [unpacked.output]);
  }
  for (const name of [
    '.yarnrc.yml',
    'backstage.json',
    'app-config.production.yaml',
    'LICENSE',
  ]) {
    copyFileSync(path.join(root, name), path.join(directory, name));
  }
  cpSync(path.join(root, 'templates'), path.join(directory, 'templates'), {
    recursive: true,
    filter: source => path.basename(source) !== 'node_modules',
  });

  const result = await run(
    node,
    [yarn, 'workspaces', 'focus', '--all', '--production'],
    {
      cwd: directory,
      env: {
        ...toolEnvironment(node),
        ...networkSettings(),
        NODE_ENV: undefined,
        YARN_ENABLE_PROGRESS_BARS: 'false',
        // The lock file knows packages that production has no use for
        YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      },
      logFile: logFile('install'),
    },
  );
  if (result.code !== 0) {
    throw networkAdvice('The dependencies could not be installed', result);
  }
  rmSync(path.join(directory, '.yarn'), { recursive: true, force: true });
  requireSameVersions(directory);
}

/** What is tested and what is installed has to be the same. */
function requireSameVersions(directory) {
  const resolutions = folder =>
    readFileSync(path.join(folder, 'yarn.lock'), 'utf8')
      .match(/^ {2}resolution: ".+@npm:.+"$/gm)
      .map(line => line.trim());
  const known = new Set(resolutions(root));
  const foreign = resolutions(directory).filter(line => !known.has(line));
  if (foreign.length > 0) {
    throw new UserError(
      'Versions were installed that yarn.lock does not have.',
      foreign,
    );
  }
}
