/* eslint-env browser */
/** A usual connection: 10 Mbit/s, 40 ms to the portal and back. */
const connection = {
  offline: false,
  latency: 40,
  downloadThroughput: (10 * 1000 * 1000) / 8,
  uploadThroughput: (10 * 1000 * 1000) / 8,
};

const quietMs = 1000;
const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/**
 * In the page: waits until the navigation and a title are there and nothing is
 * loading, for long enough not to be a gap between two steps of loading.
 *
 * @returns {Promise<number>} for how long it has been so, in milliseconds
 */
async function untilUsable(heldMs) {
  const isUsable = () =>
    document.querySelector('a[href="/settings"]') !== null &&
    document.querySelector('h1') !== null &&
    document.querySelector(
      '[role="progressbar"], [aria-busy="true"], .bui-Skeleton',
    ) === null;
  let since;
  for (;;) {
    since = isUsable() ? since ?? performance.now() : undefined;
    const held = since === undefined ? 0 : performance.now() - since;
    if (held >= heldMs) {
      return held;
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** Counts what a page fetches; streams that stay open are left out. */
async function countTransfers(page) {
  const session = await page.context().newCDPSession(page);
  const pending = new Map();
  const files = [];
  let lastChange = Date.now();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (/^https?:/.test(request.url)) {
      pending.set(requestId, request.url);
      lastChange = Date.now();
    }
  });
  const end = bytes => event => {
    const url = pending.get(event.requestId);
    if (url) {
      pending.delete(event.requestId);
      files.push({ url, bytes: bytes(event) });
      lastChange = Date.now();
    }
  };
  session.on(
    'Network.loadingFinished',
    end(({ encodedDataLength }) => encodedDataLength),
  );
  session.on(
    'Network.loadingFailed',
    end(() => 0),
  );
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: false });
  await session.send('Network.emulateNetworkConditions', connection);

  return {
    files,
    async untilQuiet() {
      while (pending.size > 0 || Date.now() - lastChange < quietMs) {
        await sleep(50);
      }
      return {
        bytes: files.reduce((sum, file) => sum + file.bytes, 0),
        requests: files.length,
      };
    },
  };
}

/**
 * Opens the portal in a browser that has never seen it: the page for signing in,
 * then, as guest, the page that follows.
 *
 * @param {{ browser: import('@playwright/test').Browser, url: string, enter: string }} options
 *   `enter` is the name of the guest's button
 */
export async function openFirstPage({ browser, url, enter }) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const transfers = await countTransfers(page);

    const opened = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    const button = page.getByRole('button', { name: enter });
    await button.waitFor({ timeout: 60_000 });
    const signInMs = performance.now() - opened;
    const signIn = await transfers.untilQuiet();

    const entered = performance.now();
    await button.click();
    const held = await page.evaluate(untilUsable, quietMs);
    const homeMs = performance.now() - entered - held;
    const total = await transfers.untilQuiet();

    return {
      signIn: { ...signIn, ms: signInMs },
      home: {
        bytes: total.bytes - signIn.bytes,
        requests: total.requests - signIn.requests,
        ms: homeMs,
      },
      total: { ...total, ms: signInMs + homeMs },
      files: transfers.files,
    };
  } finally {
    await context.close();
  }
}
