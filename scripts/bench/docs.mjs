import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { git } from '../lib/git.mjs';
import { startPortal } from '../lib/portal.mjs';
import { prepare } from '../lib/prepare.mjs';
import { summarize } from '../lib/statistics.mjs';
import { handbook, PAGES } from './lib/handbook.mjs';
import { openBrowser } from './lib/openBrowser.mjs';
import { runBenchmark } from './lib/runBenchmark.mjs';
import { heading, row } from './lib/table.mjs';
import { untilInCatalog } from './lib/untilInCatalog.mjs';

/**
 * How long a reader waits for documentation that has just changed: a repository of
 * 50 pages is pushed to, and one of them is opened in a browser, in the same moment
 * or a little later. Measured from the opening until the new words can be read.
 */

const usage = 'Usage: yarn bench:docs [--runs <number>] [--output <file.json>]';
const targetMs = 2000;
const name = 'handbook';
const changed = 'docs/section-2/page-17.md';
const address = `/docs/default/component/${name}/section-2/page-17`;

/** Writes what is pushed; the number makes the words of one run. */
function write(checkout, number) {
  for (const [file, content] of Object.entries(handbook({ name, number }))) {
    mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
    writeFileSync(path.join(checkout, file), content);
  }
}

async function push(portal, checkout, number) {
  write(checkout, number);
  await git(['add', '--all'], { cwd: checkout });
  await git(['commit', '--quiet', '--message', `Change ${number}`], {
    cwd: checkout,
  });
  await git(['push', '--quiet', 'origin', 'HEAD:main'], {
    cwd: checkout,
    credentials: { username: 'waymark', password: portal.forgePassword },
  });
}

/** Opens the page anew, until it says what was pushed last. */
async function open(portal, page, number) {
  const started = performance.now();
  await page.goto(`${portal.url}${address}`, { waitUntil: 'commit' });
  await page
    .getByText(`These are the words of change ${number}.`)
    .waitFor({ timeout: 90_000 });
  return performance.now() - started;
}

async function measure({ runs, output }) {
  await prepare();
  const portal = await startPortal();
  const checkout = mkdtempSync(path.join(os.tmpdir(), 'waymark-bench-'));
  const browser = await openBrowser();
  try {
    const id = await portal.runTemplate({
      values: {
        name,
        owner: 'group:default/ticketing',
        description: 'Measures documentation',
      },
    });
    await portal.waitForTask(id);
    await untilInCatalog({
      portal,
      name,
      accepts: () => true,
      what: 'the service',
      pollMs: 50,
    });
    const url = `${portal.url}/api/forge/ticketing/${name}.git`;
    await git(['clone', '--quiet', url, checkout]);

    const page = await browser.newPage();
    await page.goto(portal.url);
    const enter = page.getByRole('button', { name: 'Enter as guest' });
    await enter.click();
    await enter.waitFor({ state: 'detached' });
    // What a reader does who was shown the old text, which is the time that counts
    await page.addLocatorHandler(
      page.getByRole('button', { name: 'Refresh' }),
      button => button.click(),
    );
    await push(portal, checkout, 0);
    const first = await open(portal, page, 0);

    const unchanged = [];
    for (let number = 1; number <= runs; number++) {
      unchanged.push(await open(portal, page, 0));
    }
    const atOnce = [];
    const later = [];
    for (let number = 1; number <= runs; number++) {
      await push(portal, checkout, number * 2 - 1);
      atOnce.push(await open(portal, page, number * 2 - 1));
      await push(portal, checkout, number * 2);
      await new Promise(resolve => setTimeout(resolve, 3000));
      later.push(await open(portal, page, number * 2));
    }

    const soon = summarize(atOnce);
    const rested = summarize(later);
    console.log(
      [
        heading,
        row('opened without a push → read', summarize(unchanged), targetMs),
        row('opened right after the push → read', soon, targetMs),
        row('opened 3 s after the push → read', rested, targetMs),
        '',
        `${PAGES} pages; first sight of them ${(first / 1000).toFixed(2)} s`,
        `machine: ${os.cpus().length} cores, ${os.cpus()[0]?.model.trim()}`,
      ].join('\n'),
    );
    if (output) {
      const report = { pages: PAGES, changed, first, unchanged, atOnce, later };
      writeFileSync(output, `${JSON.stringify(report, undefined, 2)}\n`);
    }
    return soon.p95 <= targetMs && rested.p95 <= targetMs;
  } finally {
    await browser.close();
    await portal.stop();
    rmSync(checkout, { recursive: true, force: true });
  }
}

await runBenchmark({ usage, measure });
