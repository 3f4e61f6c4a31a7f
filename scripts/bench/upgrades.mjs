import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { git } from '../lib/git.mjs';
import { startPortal } from '../lib/portal.mjs';
import { prepare } from '../lib/prepare.mjs';
import { summarize } from '../lib/statistics.mjs';
import {
  copyTemplates,
  managedFile as managed,
  mergeProposal,
  releaseLayer,
} from '../lib/upgrades.mjs';
import { runBenchmark } from './lib/runBenchmark.mjs';
import { heading, row } from './lib/table.mjs';
import { untilInCatalog } from './lib/untilInCatalog.mjs';

/**
 * How long it takes to upgrade repositories to a newer version of their golden path,
 * one after the other: services are made through the scaffolder, their owners change
 * what they have, a layer changes, and each is proposed the new version, merged, and
 * verified.
 */

const usage =
  'Usage: yarn bench:upgrades [--runs <number of repositories>] [--output <file.json>]';
const targetMs = 10_000;
const pollMs = 50;
const organization = 'ticketing';

async function until(what, look) {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const found = await look();
    if (found) {
      return found;
    }
    if (Date.now() > deadline) {
      throw new Error(`Not within two minutes: ${what}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, pollMs);
    });
  }
}

async function make(portal, name) {
  const id = await portal.runTemplate({
    values: {
      name,
      owner: `group:default/${organization}`,
      description: 'Measures upgrades',
    },
  });
  const task = await portal.waitForTask(id);
  if (task.status !== 'completed') {
    throw new Error(`${name}: ${task.status}, ${task.error?.message}`);
  }
  await untilInCatalog({
    portal,
    name,
    accepts: () => true,
    what: 'the service',
    pollMs,
  });
}

/** Changes, renames, deletes and adds files, as owners do. */
async function work(portal, checkout) {
  const file = path.join(checkout, 'README.md');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\nOurs.\n`);
  writeFileSync(path.join(checkout, 'notes.md'), 'Added by its owners\n');
  const run = args => git(args, { cwd: checkout });
  await run(['mv', managed, '.github/renovate.json']);
  await run(['rm', '--quiet', 'score.yaml']);
  await run(['add', '--all']);
  await run(['commit', '--quiet', '--message', 'Our own']);
  await git(['push', '--quiet'], {
    cwd: checkout,
    credentials: { username: 'waymark', password: portal.forgePassword },
  });
}

async function upgrade(portal, name) {
  const address = `/api/scaffolder/golden-path/upgrades/component/default/${name}`;
  const started = performance.now();
  const { taskId } = await portal.json(address, { method: 'POST' });
  const task = await portal.waitForTask(taskId, { pollMs });
  if (task.status !== 'completed') {
    throw new Error(`${name}: ${task.status}, ${task.error?.message}`);
  }
  const proposed = performance.now();
  const { proposal, available } = await portal.json(address);
  if (!proposal || proposal.conflicts.length > 0) {
    throw new Error(`${name}: ${JSON.stringify(proposal)}`);
  }
  await mergeProposal(portal, proposal);
  const merged = performance.now();
  await until(`${name} is verified`, async () => {
    const { provenance } = await portal.json(
      `/api/golden-paths/entities/component/default/${name}/delivery`,
    );
    return provenance?.version === available.version && provenance.verified;
  });
  return {
    proposed: proposed - started,
    merged: merged - started,
    verified: performance.now() - started,
  };
}

/** What its owners had is there, where they have it, and what is new is in it. */
async function assertUpgraded(checkout) {
  await git(['pull', '--quiet'], { cwd: checkout });
  const files = (await git(['ls-files'], { cwd: checkout })).split('\n');
  const renamed = readFileSync(path.join(checkout, '.github', managed), 'utf8');
  if (
    !renamed.includes('"timezone"') ||
    !files.includes('notes.md') ||
    files.includes('score.yaml') ||
    files.includes(managed)
  ) {
    throw new Error(`${checkout} is not what was to be expected`);
  }
}

async function measure({ runs, output }) {
  await prepare({ frontend: false });
  const directory = mkdtempSync(path.join(os.tmpdir(), 'waymark-bench-'));
  const { templates, config } = copyTemplates(directory);
  const file = path.join(directory, 'app-config.yaml');
  writeFileSync(file, stringify(config));
  const portal = await startPortal({ frontend: false, configs: [file] });
  try {
    const names = Array.from({ length: runs }, (_, n) => `bench-${n + 1}`);
    const checkouts = new Map();
    for (const name of names) {
      await make(portal, name);
      const checkout = path.join(directory, name);
      const url = `${portal.url}/api/forge/${organization}/${name}.git`;
      await git(['clone', '--quiet', url, checkout]);
      await work(portal, checkout);
      checkouts.set(name, checkout);
    }

    releaseLayer(templates, 1);
    await until('the version is known', async () => {
      const { state } = await portal.json(
        `/api/scaffolder/golden-path/upgrades/component/default/${names[0]}`,
      );
      return state === 'behind';
    });

    const started = performance.now();
    const upgrades = [];
    for (const name of names) {
      const times = await upgrade(portal, name);
      upgrades.push({ name, ...times });
      const seconds = ms => `${(ms / 1000).toFixed(2)} s`;
      console.log(
        `${name.padEnd(12)} proposed ${seconds(
          times.proposed,
        )}, merged ${seconds(times.merged)}, verified ${seconds(
          times.verified,
        )}`,
      );
    }
    const total = performance.now() - started;
    for (const checkout of checkouts.values()) {
      await assertUpgraded(checkout);
    }

    const proposed = summarize(upgrades.map(times => times.proposed));
    const verified = summarize(upgrades.map(times => times.verified));
    console.log(
      [
        '',
        heading,
        row('asked for → proposed', proposed, targetMs),
        row('asked for → merged and verified', verified, targetMs),
        '',
        `${runs} repositories in ${(total / 1000).toFixed(1)} s`,
        `machine: ${os.cpus().length} cores, ${os.cpus()[0]?.model.trim()}`,
      ].join('\n'),
    );
    if (output) {
      writeFileSync(
        output,
        `${JSON.stringify(
          { upgrades, proposed, verified, total },
          undefined,
          2,
        )}\n`,
      );
    }
    return verified.p95 <= targetMs;
  } finally {
    await portal.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

await runBenchmark({ usage, measure });
