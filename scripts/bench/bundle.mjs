import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { prepare } from '../lib/prepare.mjs';
import { frontendDir, root } from '../lib/paths.mjs';
import { step } from '../lib/progress.mjs';
import { run } from '../lib/run.mjs';
import { toolEnvironment } from '../lib/toolchain.mjs';
import { initialFiles } from './lib/initialFiles.mjs';
import { runBenchmark } from './lib/runBenchmark.mjs';

/**
 * What a plugin adds to the files that every visitor waits for: the portal built
 * without it and with it. What it needs for charts and for editing must be in none
 * of them.
 */

const usage =
  'Usage: yarn bench:bundle [--package <name>] [--output <file.json>]';

/** Fetched by the pages that need them. */
const LATER = ['recharts', '@codemirror', '@lezer', 'd3-scale'];

const kilobytes = bytes => `${(bytes / 1000).toFixed(1)} kB`;

async function build({ tools, config }) {
  const configs = [path.join(root, 'app-config.yaml'), ...config];
  const { code, output } = await run(
    tools.node,
    [
      tools.yarn,
      'workspace',
      'app',
      'build',
      ...configs.flatMap(file => ['--config', file]),
    ],
    { cwd: root, env: { ...toolEnvironment(tools.node), NODE_ENV: undefined } },
  );
  if (code !== 0) {
    throw new Error(`The frontend could not be built\n${output}`);
  }
  return initialFiles(frontendDir);
}

async function measure({ package: plugin, output }) {
  const name = plugin ?? '@waymark/plugin-scorecards';
  const tools = await prepare({ frontend: false });
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'waymark-bundle-'));
  try {
    const config = path.join(scratch, 'without.json');
    writeFileSync(
      config,
      JSON.stringify({ app: { packages: { exclude: [name] } } }),
    );
    const without = await step(`Building the portal without ${name}`, () =>
      build({ tools, config: [config] }),
    );
    // Last, so that the whole portal is what stays
    const whole = await step('Building the whole portal', () =>
      build({ tools, config: [] }),
    );

    const own = whole.sources.filter(
      source => !without.sources.includes(source),
    );
    const early = LATER.filter(library =>
      whole.sources.some(source => source.includes(`/${library}/`)),
    );
    const added = {
      raw: whole.raw - without.raw,
      gzip: whole.gzip - without.gzip,
    };
    console.log('\nInitial files              raw          gzip');
    for (const [title, { raw, gzip }] of Object.entries({
      without,
      with: whole,
      added,
    })) {
      console.log(
        `${title.padEnd(18)}${kilobytes(raw).padStart(12)}${kilobytes(
          gzip,
        ).padStart(14)}`,
      );
    }
    console.log(`\nMade of these files more:\n  ${own.join('\n  ')}`);
    console.log(
      `\n${LATER.join(', ')} in none of them: ${
        early.length === 0 ? 'met' : `MISSED by ${early.join(', ')}`
      }`,
    );
    if (output) {
      writeFileSync(
        output,
        `${JSON.stringify({ name, added, own, early }, null, 2)}\n`,
      );
    }
    return early.length === 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

await runBenchmark({ usage, measure, values: ['package'] });
