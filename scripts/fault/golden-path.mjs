import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArguments } from '../lib/arguments.mjs';
import { describeError, UserError } from '../lib/errors.mjs';
import { startPortal } from '../lib/portal.mjs';
import { prepare } from '../lib/prepare.mjs';
import { formatDuration } from '../lib/progress.mjs';
import { printTable } from '../templates/lib/print-table.mjs';
import { Checks } from './Checks.mjs';
import { githubMoments, surviveOnGithub } from './github.mjs';
import { moments } from './moments.mjs';
import { inspectRace } from './race.mjs';
import {
  countRepositories,
  deleteGitops,
  inspectRun,
  openClaims,
  snapshot,
} from './state.mjs';
import { surviveUpgrades, upgradeMoments } from './upgrades.mjs';

/**
 * Kills the backend in the middle of a run that makes a service or upgrades one, at
 * moments seen in the run itself,
 * starts it again and looks at what became of it; lets several runs race; then
 * looks once more, whether everything is still there.
 */

const usage = `Usage: yarn fault:golden-path [--only <moment>[,<moment>…]]
Moments: ${[...moments, ...githubMoments, ...upgradeMoments]
  .map(({ name }) => name)
  .join(', ')}`;

const owner = 'group:default/ticketing';
const attempts = 5;
// Until the task counts as stale, is picked up again and has run
const recoveryMs = 120_000;

/** Starts a run and kills the backend at the moment; false when it was over. */
async function killAt(moment, portal, name) {
  if (moment.withoutGitops) {
    await deleteGitops(portal);
  }
  const id = await portal.runTemplate({
    values: { name, owner, description: 'Survives a crash' },
  });
  const folder = path.join(portal.dataDir, 'repositories');
  const place = {
    name,
    repository: path.join(folder, 'ticketing', `${name}.git`),
    gitops: path.join(folder, 'platform', 'gitops.git'),
  };
  const reached = await moment.wait({ portal, id, ...place });
  await portal.kill();
  return { id, reached: reached && moment.holds(place) };
}

/** Whether a step had ended before the backend was killed. */
function hadEnded(events, step) {
  const recovered = events.findIndex(({ type }) => type === 'recovered');
  return events
    .slice(0, recovered)
    .some(({ body }) => body.stepId === step && body.status === 'completed');
}

async function surviveOne({ moment, start, portal, checks, names, rows }) {
  let current = portal;
  const started = Date.now();
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const name = `fault-${moment.name}-${attempt}`;
    const before = await countRepositories(current);
    const { id, reached } = await killAt(moment, current, name);
    current = await start();
    const task = await current.waitForTask(id, { timeoutMs: recoveryMs });
    names.push(name);
    const recovered = task.events.some(({ type }) => type === 'recovered');
    const isLate = moment.unknownTo && hadEnded(task.events, moment.unknownTo);
    if (!reached || isLate || !(recovered || moment.unclaimed)) {
      console.log(`  ${moment.name}: the run was faster, once more`);
      continue;
    }
    checks.that(
      `${moment.name}: the run was cut off and ended well`,
      task.status === 'completed',
      `${task.status}: ${task.error?.message}`,
    );
    const there = await inspectRun({
      portal: current,
      checks,
      moment,
      name,
      id,
      before,
    });
    rows.push([
      moment.name,
      task.status,
      there.repositories,
      there.entities,
      there.folders,
      attempt,
      Math.round((Date.now() - started) / 1000),
    ]);
    return current;
  }
  checks.that(
    `${moment.name}: the backend was killed at this moment`,
    false,
    `missed it ${attempts} times`,
  );
  return current;
}

/** Creates services, kills the backend, and restarts it once more in the end. */
async function surviveOnForge({ chosen, isWhole, checks, rows }) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'waymark-fault-'));
  let portal;
  let port;
  const start = async () => {
    portal = await startPortal({ dataDir, port, frontend: false });
    port = portal.port;
    return portal;
  };
  try {
    await start();
    const names = [];
    for (const moment of chosen) {
      const started = Date.now();
      console.log(`${moment.name}: ${moment.title}`);
      await surviveOne({ moment, start, portal, checks, names, rows });
      console.log(`  ${formatDuration(Date.now() - started)}`);
    }
    if (isWhole) {
      console.log('race: several runs at the same moment');
      names.push(...(await inspectRace({ portal, checks, rows })));
    }

    console.log('restart: catalog, runs and repositories are still there');
    const before = await snapshot(portal, names);
    await portal.stop();
    checks.same(
      'restart: nothing is claimed for ever',
      openClaims(dataDir),
      [],
    );
    await start();
    const after = await snapshot(portal, names);
    for (const what of Object.keys(before)) {
      checks.same(`restart: ${what}`, after[what], before[what]);
    }
  } catch (error) {
    console.log(portal?.log(30) ?? '');
    throw error;
  } finally {
    await portal?.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function main() {
  const { only } = parseArguments(process.argv.slice(2), {
    values: ['only'],
    usage,
  });
  const all = [...moments, ...githubMoments, ...upgradeMoments];
  const chosen = only
    ? only.split(',').map(name => {
        const moment = all.find(candidate => candidate.name === name);
        if (!moment) {
          throw new UserError(`There is no moment "${name}".`, [usage]);
        }
        return moment;
      })
    : all;

  await prepare({ frontend: false });
  const checks = new Checks();
  const rows = [];
  const of = some => chosen.filter(one => some.includes(one));
  try {
    if (of(moments).length > 0) {
      await surviveOnForge({
        chosen: of(moments),
        isWhole: !only,
        checks,
        rows,
      });
    }
    if (of(githubMoments).length > 0) {
      await surviveOnGithub({ chosen: of(githubMoments), checks, rows });
    }
    if (of(upgradeMoments).length > 0) {
      await surviveUpgrades({ chosen: of(upgradeMoments), checks, rows });
    }
  } catch (error) {
    checks.that('the test could go on', false, describeError(error));
  }
  printTable(
    [
      'killed',
      'the run',
      'repositories',
      'entities',
      'folders or proposals',
      'attempts',
      'seconds',
    ],
    rows,
  );
  return checks;
}

try {
  const checks = await main();
  process.exitCode = checks.report();
} catch (error) {
  console.error(describeError(error));
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
