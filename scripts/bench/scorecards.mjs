import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArguments } from '../lib/arguments.mjs';
import { describeError, UserError } from '../lib/errors.mjs';
import { Situation } from './scorecards/Situation.mjs';
import { openServer } from './scorecards/databases.mjs';
import {
  catalogChangeToReadable,
  entityRoute,
  everythingChanges,
  nothingChanges,
  pushToReadable,
  pushing,
} from './scorecards/measures.mjs';
import { plansOfReports, reports } from './scorecards/reports.mjs';

/**
 * What scorecards cost, the table of docs/scorecards.md: a backend with the catalog,
 * the permission policy and scorecards, a database of its own, and as many services as
 * wanted with ten scorecards of ten rules each.
 */

const usage =
  'Usage: yarn bench:scorecards [--database postgres|sqlite] [--entities 1000,10000] [--runs <number>] [--output <file.json>]';
const LIMIT_MINUTES = 40;

const cell = (text, width) => String(text).padEnd(width);

function print(rows) {
  for (const { title, target, measured, met, note } of rows) {
    const verdict = target ? (met ? 'met' : 'MISSED') : '';
    console.log(
      [
        cell(title, 44),
        cell(target, 30),
        cell(measured, 24),
        cell(verdict, 6),
        note ?? '',
      ]
        .join(' ')
        .trimEnd(),
    );
  }
}

async function measure({ server, services, directory, runs }) {
  console.log(`\n${services} services on ${server.title}`);
  const situation = await Situation.create({
    server,
    services,
    directory,
    say: text => console.log(`  ${text}`),
  });
  const rows = [];
  const add = more => {
    print(more);
    rows.push(...more);
  };
  try {
    const changed = await everythingChanges(situation);
    add(changed.rows);
    add(await nothingChanges(situation, services > 1000 ? 3 : 24));
    add(await pushing(situation));
    add(await pushToReadable(situation, runs));
    add(await catalogChangeToReadable(situation, 10));
    add(await entityRoute(situation));
    add(await reports(situation, runs));
    console.log(
      '\nHow reports are read, by somebody who owns almost everything',
    );
    const plans = await plansOfReports(situation);
    console.log(plans.join('\n'));
    return { services, rows, plans, changedMs: changed.ms };
  } catch (error) {
    const said = situation.backend.log(500).split('\n');
    console.log(
      said
        .filter(line => !line.includes('"level":"info"'))
        .slice(-20)
        .join('\n'),
    );
    throw error;
  } finally {
    await situation.stop();
  }
}

/** Ten times the entities in about ten times the time. */
function growth([first, ...others]) {
  return others.map(({ services, changedMs }) => {
    const times = services / first.services;
    const factor = changedMs / first.changedMs;
    return {
      title: `growth from ${first.services} to ${services} services`,
      target: `≤ ${(times * 1.1).toFixed(0)} × the time`,
      measured: `${factor.toFixed(1)} ×`,
      met: factor <= times * 1.1,
    };
  });
}

async function main() {
  const options = parseArguments(process.argv.slice(2), {
    values: ['database', 'entities', 'runs', 'output'],
    usage,
  });
  const kind = options.database ?? 'postgres';
  const sizes = (options.entities ?? '1000,10000').split(',').map(Number);
  if (
    !['postgres', 'sqlite'].includes(kind) ||
    !sizes.every(size => Number.isInteger(size) && size >= 100)
  ) {
    throw new UserError('The sizes are numbers from 100 on.', [usage]);
  }
  const directory = mkdtempSync(path.join(os.tmpdir(), 'waymark-bench-'));
  const server = await openServer({ kind, directory });
  // Ends the backends, too: they follow this process
  const impatience = setTimeout(() => {
    console.error(`Not done after ${LIMIT_MINUTES} minutes`);
    process.exit(1);
  }, LIMIT_MINUTES * 60_000);
  try {
    const results = [];
    for (const services of sizes) {
      results.push(
        await measure({
          server,
          services,
          directory,
          runs: Number(options.runs ?? 40),
        }),
      );
    }
    console.log('');
    print(growth(results));
    console.log(
      `machine: ${os.cpus().length} cores, ${os.cpus()[0]?.model.trim()}`,
    );
    if (options.output) {
      writeFileSync(options.output, JSON.stringify(results, undefined, 2));
    }
    return results.every(({ rows }) => rows.every(({ met }) => met));
  } finally {
    clearTimeout(impatience);
    await server.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}
