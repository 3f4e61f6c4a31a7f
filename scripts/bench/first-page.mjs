import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPortal } from '../lib/portal.mjs';
import { prepare } from '../lib/prepare.mjs';
import { step } from '../lib/progress.mjs';
import { percentile } from '../lib/statistics.mjs';
import { openFirstPage } from './lib/openFirstPage.mjs';
import { runBenchmark } from './lib/runBenchmark.mjs';

/**
 * What the first visit costs beside the app that Backstage gives to whoever starts
 * with it: both built for production, served by the same backend with the same
 * compression, opened cold. Ours must not be heavier.
 */

const usage = [
  'Usage: yarn bench:first-page [--runs <number>] [--output <file.json>] [--stock <folder>]',
  'The stock app is fetched from npm; --stock keeps it in a folder for the next time.',
].join('\n');

const median = values => percentile(values, 50);
const kilobytes = bytes => `${Math.round(bytes / 1000)} kB`;

function summarise(results) {
  const summary = Object.fromEntries(
    ['signIn', 'home', 'total'].map(part => [
      part,
      Object.fromEntries(
        ['bytes', 'requests', 'ms'].map(unit => [
          unit,
          median(results.map(result => result[part][unit])),
        ]),
      ),
    ]),
  );
  const largest = results[0].files
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 8)
    .map(({ url, bytes }) => ({ path: new URL(url).pathname, bytes }));
  return { ...summary, largest };
}

/**
 * Opens the apps in turns, so that whatever else the machine does meanwhile falls
 * on both.
 *
 * @param {Array<{ url: string, enter: string }>} apps
 * @returns what was measured of each, in their order
 */
async function measureInTurns({ browser, apps, runs }) {
  // Once without counting: the backends themselves start cold, too
  for (const app of apps) {
    await openFirstPage({ browser, ...app });
  }
  const results = apps.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, app] of apps.entries()) {
      results[index].push(await openFirstPage({ browser, ...app }));
    }
  }
  return results.map(summarise);
}

function print({ ours, stock, runs }) {
  console.log(
    `\nMedians of ${runs} runs, 10 Mbit/s and 40 ms, nothing in the browser's cache\n`,
  );
  const line = (title, mine, theirs) =>
    console.log(
      `${title.padEnd(40)}${mine.padStart(12)}${theirs.padStart(12)}`,
    );
  line('', 'Waymark', 'stock');
  const parts = {
    signIn: 'page for signing in',
    home: 'from there to the first page',
    total: 'both',
  };
  for (const [part, title] of Object.entries(parts)) {
    line(
      `${title}: transferred`,
      kilobytes(ours[part].bytes),
      kilobytes(stock[part].bytes),
    );
    line(
      `${title}: requests`,
      String(ours[part].requests),
      String(stock[part].requests),
    );
    line(
      `${title}: usable after`,
      `${(ours[part].ms / 1000).toFixed(2)} s`,
      `${(stock[part].ms / 1000).toFixed(2)} s`,
    );
  }
  console.log('\nThe largest that Waymark fetches:');
  for (const { path: file, bytes } of ours.largest) {
    console.log(`  ${kilobytes(bytes).padStart(8)}  ${file}`);
  }
}

/** In each of the three, up to the first page that can be used. */
function judge({ ours, stock }) {
  const claims = {
    bytes: 'transfers no more than the stock app',
    requests: 'makes no more requests',
    ms: 'can be used no later',
  };
  console.log();
  const met = Object.entries(claims).map(([unit, claim]) => {
    const isMet = ours.total[unit] <= stock.total[unit];
    console.log(`Waymark ${claim}: ${isMet ? 'met' : 'MISSED'}`);
    return isMet;
  });
  return met.every(Boolean);
}

async function measure({ runs, output, stock: kept }) {
  const tools = await prepare();
  // Only now are the dependencies sure to be there
  const { openBrowser } = await import('./lib/openBrowser.mjs');
  const { provideStockApp } = await import('./lib/stockApp.mjs');
  const browser = await openBrowser();
  const folder = kept
    ? path.resolve(kept)
    : mkdtempSync(path.join(os.tmpdir(), 'waymark-stock-'));
  mkdirSync(folder, { recursive: true });

  try {
    const stockApp = await step('Making and building the stock app', () =>
      provideStockApp({ folder, tools }),
    );
    const portals = [];
    try {
      await step('Starting a portal for each', async () => {
        portals.push(await startPortal());
        portals.push(
          await startPortal({ configs: [stockApp.config], env: stockApp.env }),
        );
      });
      const [ours, stock] = await step('Opening both in turns', () =>
        measureInTurns({
          browser,
          runs,
          apps: [
            { url: portals[0].url, enter: 'Enter as guest' },
            { url: portals[1].url, enter: 'Enter' },
          ],
        }),
      );
      print({ ours, stock, runs });
      if (output) {
        writeFileSync(
          output,
          `${JSON.stringify({ runs, ours, stock }, null, 2)}\n`,
        );
      }
      return judge({ ours, stock });
    } finally {
      for (const portal of portals) {
        await portal.stop();
      }
    }
  } finally {
    await browser.close();
    if (!kept) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

await runBenchmark({ usage, measure, defaultRuns: 5, values: ['stock'] });
