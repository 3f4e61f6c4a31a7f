import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { git } from '../lib/git.mjs';
import { startPortal } from '../lib/portal.mjs';
import { prepare } from '../lib/prepare.mjs';
import { summarize } from '../lib/statistics.mjs';
import { runBenchmark } from './lib/runBenchmark.mjs';
import { heading, row } from './lib/table.mjs';
import { untilInCatalog } from './lib/untilInCatalog.mjs';

/**
 * How long a golden path and a push take, as the person in front of it sees
 * them: from the form submitted to the service readable in the catalog, and
 * from `git push` to the change readable there. A portal and data of its own.
 */

const usage =
  'Usage: yarn bench:golden-path [--runs <number>] [--output <file.json>]';
const targetMs = 5000;
const pollMs = 50;
const owner = 'group:default/ticketing';

async function runOnce(portal, name) {
  const started = performance.now();
  const id = await portal.runTemplate({
    values: { name, owner, description: 'Measures the golden path' },
  });
  await untilInCatalog({
    portal,
    name,
    accepts: () => true,
    what: 'the service',
    pollMs,
  });
  const visible = performance.now() - started;
  const task = await portal.waitForTask(id);
  if (task.status !== 'completed') {
    throw new Error(`${name}: ${task.status}, ${task.error?.message}`);
  }
  return visible;
}

async function pushOnce(portal, checkout, name, number) {
  const description = `Change ${number} of the benchmark`;
  const file = path.join(checkout, 'catalog-info.yaml');
  const before = readFileSync(file, 'utf8');
  const after = before.replace(
    /^ {2}description: .*$/m,
    `  description: ${JSON.stringify(description)}`,
  );
  if (after === before) {
    throw new Error(`${file} has no description in one line to change`);
  }
  writeFileSync(file, after);
  await git(['commit', '--quiet', '--all', '--message', description], {
    cwd: checkout,
  });
  const started = performance.now();
  await git(['push', '--quiet'], {
    cwd: checkout,
    credentials: { username: 'waymark', password: portal.forgePassword },
  });
  await untilInCatalog({
    portal,
    name,
    accepts: ({ metadata }) => metadata.description === description,
    what: 'the change',
    pollMs,
  });
  return performance.now() - started;
}

async function measure({ runs, output }) {
  await prepare({ frontend: false });
  const portal = await startPortal({ frontend: false });
  const checkout = mkdtempSync(path.join(os.tmpdir(), 'waymark-bench-'));
  try {
    await runOnce(portal, 'bench-warm-up');

    const visible = [];
    for (let number = 1; number <= runs; number++) {
      visible.push(await runOnce(portal, `bench-${number}`));
    }

    const name = 'bench-1';
    const url = `${portal.url}/api/forge/ticketing/${name}.git`;
    await git(['clone', '--quiet', url, checkout]);
    const pushed = [];
    for (let number = 1; number <= runs; number++) {
      pushed.push(await pushOnce(portal, checkout, name, number));
    }

    const run = summarize(visible);
    const push = summarize(pushed);
    const megabytes = Math.round(portal.memory() / 1024 / 1024);
    console.log(
      [
        heading,
        row('form submitted → in the catalog', run, targetMs),
        row('push → change in the catalog', push, targetMs),
        '',
        `backend: ready after ${(portal.readyMs / 1000).toFixed(
          1,
        )} s, ${megabytes} MB resident after the runs`,
        `machine: ${os.cpus().length} cores, ${os.cpus()[0]?.model.trim()}`,
      ].join('\n'),
    );
    if (output) {
      const report = { runs: visible, pushes: pushed, run, push, megabytes };
      writeFileSync(output, `${JSON.stringify(report, undefined, 2)}\n`);
    }
    return run.p95 <= targetMs && push.p95 <= targetMs;
  } finally {
    await portal.stop();
    rmSync(checkout, { recursive: true, force: true });
  }
}

await runBenchmark({ usage, measure });
