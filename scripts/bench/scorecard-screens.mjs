import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArguments } from '../lib/arguments.mjs';
import { describeError, UserError } from '../lib/errors.mjs';
import { percentile } from '../lib/statistics.mjs';
import { openBrowser } from './lib/openBrowser.mjs';
import { Situation } from './scorecards/Situation.mjs';
import { openServer } from './scorecards/databases.mjs';
import { enterAs, openScreen } from './scorecards/openScreen.mjs';
import { OWNER_OF_MOST, PLATFORM } from './scorecards/organization.mjs';
import { screens } from './scorecards/screens.mjs';
import { startWholePortal } from './scorecards/startWholePortal.mjs';

/**
 * How soon the screens of scorecards have something to say, and how much they fetch
 * for it, where there are many services: the portal as it is, on PostgreSQL, in a
 * browser, for somebody who sees everything and for somebody who sees what their own
 * squads own, which is almost everything and asked for under conditions.
 */

const usage =
  'Usage: yarn bench:scorecard-screens [--entities <number>] [--runs <number>] [--screens <part of a title>] [--output <file.json>]';
const LIMIT_MINUTES = 40;
const MAX_MS = 1000;
const MAX_BYTES = 200_000;

const PEOPLE = [
  { name: PLATFORM, title: 'sees everything', everything: true },
  { name: OWNER_OF_MOST, title: 'sees what their squads own' },
];

const cell = (text, width) => String(text).padEnd(width);
const figure = (text, width = 11) => String(text).padStart(width);
const milliseconds = ms =>
  Number.isFinite(ms) ? `${Math.round(ms)} ms` : 'nothing';
const kilobytes = bytes => `${(bytes / 1000).toFixed(1)} KB`;

function summarize({ screen, person, first, opened }) {
  const times = opened.map(({ ms = Infinity }) => ms);
  const requests = [first, ...opened].flatMap(each => each.requests);
  const largest = requests.reduce((a, b) => (b.bytes > a.bytes ? b : a), {
    path: '',
    bytes: 0,
    onTheWire: 0,
  });
  return {
    screen: screen.title,
    person,
    p50: percentile(times, 50),
    max: Math.max(...times),
    largest,
    // The first one: later, what has not changed is not sent again
    onTheWire: Math.max(...first.requests.map(each => each.onTheWire)),
    requests: Math.max(...opened.map(each => each.requests.length)),
    // A single slow run of a busy machine says nothing about the screen
    met: percentile(times, 50) <= MAX_MS && largest.bytes <= MAX_BYTES,
  };
}

function print({ screen, p50, max, largest, onTheWire, requests, met }) {
  console.log(
    [
      cell(screen, 44),
      figure(milliseconds(p50)),
      figure(milliseconds(max)),
      figure(kilobytes(largest.bytes)),
      figure(kilobytes(onTheWire)),
      figure(requests, 9),
      `  ${met ? 'met' : 'MISSED'}  ${largest.path.split('?')[0]}`,
    ].join(''),
  );
}

async function measure({ situation, runs, wanted }) {
  const { url } = situation.backend;
  const browser = await openBrowser();
  const rows = [];
  try {
    for (const { name, title, everything } of PEOPLE) {
      console.log(
        `\n${cell(`${name}, who ${title}`, 44)}${[
          'median',
          'slowest',
          'largest',
          'on the wire',
        ]
          .map(text => figure(text))
          .join('')}${figure('requests', 9)}`,
      );
      const page = await enterAs({ browser, url, name });
      for (const screen of wanted) {
        if (screen.everything && !everything) {
          continue;
        }
        // Once without counting: the parts of the app come into the cache
        const first = await openScreen({ page, url, screen });
        const opened = [];
        for (let run = 0; run < runs; run++) {
          opened.push(await openScreen({ page, url, screen }));
        }
        const row = summarize({ screen, person: name, first, opened });
        print(row);
        rows.push(row);
      }
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
  return rows;
}

async function main() {
  const options = parseArguments(process.argv.slice(2), {
    values: ['entities', 'runs', 'screens', 'output'],
    usage,
  });
  const services = Number(options.entities ?? 10_000);
  const runs = Number(options.runs ?? 5);
  const wanted = screens.filter(({ title }) =>
    title.includes(options.screens ?? ''),
  );
  if (!(services >= 100) || !(runs >= 1) || wanted.length === 0) {
    throw new UserError('There is nothing to measure.', [usage]);
  }
  const directory = mkdtempSync(path.join(os.tmpdir(), 'waymark-bench-'));
  const server = await openServer({ kind: 'postgres', directory });
  // Ends the backends, too: they follow this process
  const impatience = setTimeout(() => {
    console.error(`Not done after ${LIMIT_MINUTES} minutes`);
    process.exit(1);
  }, LIMIT_MINUTES * 60_000);
  try {
    console.log(`${services} services on PostgreSQL`);
    const situation = await Situation.create({
      server,
      services,
      directory,
      say: text => console.log(`  ${text}`),
      startBackend: startWholePortal(services),
      isStartedAgain: false,
    });
    try {
      await situation.live();
      const rows = await measure({ situation, runs, wanted });
      console.log(
        `\nTargets: median ≤ ${MAX_MS} ms from the request to the first content, no request over ${
          MAX_BYTES / 1000
        } KB.\nMachine: ${os.cpus().length} cores, ${os
          .cpus()[0]
          ?.model.trim()}, load ${os.loadavg()[0].toFixed(1)}`,
      );
      if (options.output) {
        writeFileSync(options.output, JSON.stringify(rows, undefined, 2));
      }
      return rows.every(({ met }) => met);
    } finally {
      await situation.stop();
    }
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
