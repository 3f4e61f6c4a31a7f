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

async function measureApp({ browser, portal, enter, runs }) {
  // Once without counting: the backend itself starts cold, too
  await openFirstPage({ browser, url: portal.url, enter });
  const results = [];
  for (let run = 0; run < runs; run++) {
    results.push(await openFirstPage({ browser, url: portal.url, enter }));
  }
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

  const visit = async ({ title, enter, portal: options }) =>
    step(`Opening ${title}`, async () => {
      const portal = await startPortal(options);
      try {
        return await measureApp({ browser, portal, enter, runs });
      } finally {
        await portal.stop();
      }
    });
  try {
    const stockApp = await step('Making and building the stock app', () =>
      provideStockApp({ folder, tools }),
    );
    const ours = await visit({ title: 'Waymark', enter: 'Enter as guest' });
    const stock = await visit({
      title: 'the stock app',
      enter: 'Enter',
      portal: { configs: [stockApp.config], env: stockApp.env },
    });
    print({ ours, stock, runs });
    if (output) {
      writeFileSync(
        output,
        `${JSON.stringify({ runs, ours, stock }, null, 2)}\n`,
      );
    }
    const isLight = ours.total.bytes <= stock.total.bytes;
    console.log(
      `\nNot heavier than the stock app: ${isLight ? 'met' : 'MISSED'}`,
    );
    return isLight;
  } finally {
    await browser.close();
    if (!kept) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

await runBenchmark({ usage, measure, defaultRuns: 5, values: ['stock'] });
