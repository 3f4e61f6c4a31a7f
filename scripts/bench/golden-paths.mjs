import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArguments } from '../lib/arguments.mjs';
import { describeError, UserError } from '../lib/errors.mjs';
import { Situation } from './golden-paths/Situation.mjs';
import {
  eventOfBusyService,
  eventToMetric,
  rebuilt,
  shuffled,
  taking,
} from './golden-paths/measures.mjs';
import { dashboards, plansOfDashboards } from './golden-paths/reports.mjs';
import { openServer } from './scorecards/databases.mjs';

/**
 * What delivery metrics cost, the table of docs/delivery.md: a backend with the
 * catalog, the permission policy and golden paths on a PostgreSQL of its own, as many
 * services as wanted, and a year of their events. History is loaded with COPY; what it
 * says is derived by the worker, as in a portal.
 */

const usage =
  'Usage: yarn bench:golden-paths [--services 10000] [--events 5000000] [--busy 50000] [--runs <number>] [--output <file.json>]';
const LIMIT_MINUTES = 90;

const cell = (text, width) => String(text).padEnd(width);

function print(rows) {
  for (const { title, target, measured, met, note } of rows) {
    const verdict = target ? (met ? 'met' : 'MISSED') : '';
    console.log(
      [
        cell(title, 44),
        cell(target, 18),
        cell(measured, 18),
        cell(verdict, 6),
        note ?? '',
      ]
        .join(' ')
        .trimEnd(),
    );
  }
}

async function measure({ server, services, events, busy, directory, runs }) {
  const situation = await Situation.create({
    server,
    services,
    events,
    directory,
    say: text => console.log(`  ${text}`),
  });
  const rows = [];
  const add = more => {
    print(more);
    rows.push(...more);
  };
  try {
    add(await dashboards(situation, runs));
    console.log('\nHow they are read, by somebody whose view is a condition');
    const plans = await plansOfDashboards(situation);
    console.log(plans.join('\n'));
    console.log('');
    add(await eventToMetric(situation, runs));
    add(await taking(situation));
    add(await shuffled(situation, 10_000));
    add(await eventOfBusyService(situation, busy, Math.min(runs, 10)));
    add(await rebuilt(situation));
    return { services, events: situation.events, rows, plans };
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

async function main() {
  const options = parseArguments(process.argv.slice(2), {
    values: ['services', 'events', 'busy', 'runs', 'output'],
    usage,
  });
  const [services, events, busy, runs] = [
    options.services ?? 10_000,
    options.events ?? 5_000_000,
    options.busy ?? 50_000,
    options.runs ?? 40,
  ].map(Number);
  if (
    ![services, events, busy, runs].every(Number.isInteger) ||
    services < 100 ||
    runs < 1
  ) {
    throw new UserError('There have to be at least 100 services.', [usage]);
  }
  const directory = mkdtempSync(path.join(os.tmpdir(), 'waymark-bench-'));
  const server = await openServer({
    kind: 'postgres',
    directory,
    schema: 'golden-paths',
  });
  // Ends the backend, too: it follows this process
  const impatience = setTimeout(() => {
    console.error(`Not done after ${LIMIT_MINUTES} minutes`);
    process.exit(1);
  }, LIMIT_MINUTES * 60_000);
  try {
    console.log(`${services} services, ${events} events, on ${server.title}`);
    const result = await measure({
      server,
      services,
      events,
      busy,
      directory,
      runs,
    });
    console.log(
      `machine: ${os.cpus().length} cores, ${os.cpus()[0]?.model.trim()}`,
    );
    if (options.output) {
      writeFileSync(options.output, JSON.stringify(result, undefined, 2));
    }
    return result.rows.every(({ met }) => met);
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
