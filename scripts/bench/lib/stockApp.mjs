import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { UserError } from '../../lib/errors.mjs';
import { networkAdvice, networkSettings, npmCommand } from '../../lib/npm.mjs';
import { root } from '../../lib/paths.mjs';
import { run } from '../../lib/run.mjs';
import { toolEnvironment } from '../../lib/toolchain.mjs';

/** The version of the generator that belongs to the release in backstage.json. */
const generator = '@backstage/create-app@0.9.2';

const readJson = file => JSON.parse(readFileSync(file, 'utf8'));

async function runStep(message, command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    throw networkAdvice(message, result);
  }
}

/** The generator looks for a `yarn` on the PATH, though it does not use it. */
function writeYarn(folder, { node, yarn }) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'yarn'),
    `#!/bin/sh\nexec "${node}" "${yarn}" "$@"\n`,
    { mode: 0o755 },
  );
}

/**
 * Makes the app that Backstage gives to whoever starts with it, and builds its
 * frontend: with the dependencies of our own yarn.lock, so that nothing differs
 * but the app. One that is in the folder already is used as it is.
 *
 * @param {{ folder: string, tools: { node: string, yarn: string } }} options
 * @returns {Promise<{ config: string, env: Record<string, string> }>} what makes
 *   our backend serve it instead of our own frontend
 */
export async function provideStockApp({ folder, tools }) {
  const app = path.join(folder, 'stock');
  const bin = path.join(folder, 'bin');
  const environment = {
    ...toolEnvironment(tools.node),
    ...networkSettings(),
    NODE_ENV: undefined,
  };
  const inApp = { cwd: app, env: environment };

  if (!existsSync(path.join(app, 'packages/app/dist/index.html'))) {
    writeYarn(bin, tools);
    const npm = npmCommand();
    await runStep(
      'The stock app could not be made',
      npm.command,
      [...npm.args, 'exec', '--yes', '--', generator, '--skip-install'].concat(
        '--path',
        app,
      ),
      {
        cwd: folder,
        shell: npm.shell,
        env: {
          ...environment,
          BACKSTAGE_APP_NAME: 'stock',
          PATH: [bin, environment.PATH].join(path.delimiter),
        },
      },
    );
    // How dependencies are fetched, and which: as ours are
    for (const file of ['.yarnrc.yml', 'yarn.lock']) {
      copyFileSync(path.join(root, file), path.join(app, file));
    }
    await runStep(
      'The dependencies of the stock app could not be installed',
      tools.node,
      [tools.yarn, 'workspaces', 'focus', 'app'],
      inApp,
    );
    await runStep(
      'The stock app could not be built',
      tools.node,
      [tools.yarn, 'workspace', 'app', 'build'],
      inApp,
    );
  }

  const ours = readJson(path.join(root, 'backstage.json')).version;
  const theirs = readJson(path.join(app, 'backstage.json')).version;
  if (ours !== theirs) {
    throw new UserError(
      `The stock app is of Backstage ${theirs}, the portal of ${ours}.`,
      [
        `Name the fitting ${generator.split('@')[1]} in ${
          import.meta.filename
        }`,
      ],
    );
  }

  const modules = path.join(folder, 'modules');
  if (!existsSync(path.join(modules, 'stock-app'))) {
    mkdirSync(modules, { recursive: true });
    symlinkSync(
      path.join(app, 'packages/app'),
      path.join(modules, 'stock-app'),
      'junction',
    );
  }
  const config = path.join(folder, 'app-config.stock.yaml');
  const { app: settings } = parse(
    readFileSync(path.join(app, 'app-config.yaml'), 'utf8'),
  );
  writeFileSync(
    config,
    stringify({
      app: {
        title: settings.title,
        packageName: 'stock-app',
        extensions: settings.extensions,
      },
    }),
  );
  return { config, env: { NODE_PATH: modules } };
}
