import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArguments } from '../lib/arguments.mjs';
import { describeError } from '../lib/errors.mjs';
import { git } from '../lib/git.mjs';
import { startPortal } from '../lib/portal.mjs';
import { prepare } from '../lib/prepare.mjs';
import { summarize } from '../lib/statistics.mjs';

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

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

async function until(portal, name, accepts, what) {
  const limit = Date.now() + 60_000;
  for (;;) {
    const response = await portal.fetch(
      `/api/catalog/entities/by-name/component/default/${name}`,
    );
    const entity = response.ok ? await response.json() : undefined;
    if (entity && accepts(entity)) {
      return;
    }
    if (Date.now() > limit) {
      throw new Error(`${name}: ${what} not seen in the catalog after 60 s`);
    }
    await sleep(pollMs);
  }
}

async function runOnce(portal, name) {
  const started = performance.now();
  const id = await portal.runTemplate({
    values: { name, owner, description: 'Measures the golden path' },
  });
  await until(portal, name, () => true, 'the service');
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
  await until(
    portal,
    name,
    entity => entity.metadata.description === description,
    'the change',
  );
  return performance.now() - started;
}

function row(title, { count, p50, p95, max }) {
  const seconds = ms => `${(ms / 1000).toFixed(2)} s`.padStart(8);
  const verdict = p95 <= targetMs ? 'met' : 'MISSED';
  return `${title.padEnd(34)} ${String(count).padStart(4)} ${seconds(
    p50,
  )} ${seconds(p95)} ${seconds(max)}   p95 ≤ ${targetMs / 1000} s: ${verdict}`;
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
        `${''.padEnd(34)}    n      p50      p95      max`,
        row('form submitted → in the catalog', run),
        row('push → change in the catalog', push),
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

try {
  const options = parseArguments(process.argv.slice(2), {
    values: ['runs', 'output'],
    usage,
  });
  const met = await measure({
    runs: Math.max(1, Number(options.runs ?? 20) || 20),
    output: options.output,
  });
  process.exitCode = met ? 0 : 1;
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}
