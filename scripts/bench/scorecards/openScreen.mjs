/* eslint-env browser */
const QUIET_MS = 700;
const PATIENCE_MS = 30_000;

/** In the page: waits for what is asked for; how long that took from its request on. */
async function untilContent({ content, data, quietMs, patienceMs }) {
  const started = performance.now();
  const requests = () =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.startsWith('/api/'));
  const toRequest = ({ name, transferSize, decodedBodySize, duration }) => ({
    path: new URL(name).pathname + new URL(name).search,
    onTheWire: transferSize,
    bytes: decodedBodySize,
    ms: duration,
  });
  const isThere = () =>
    [...document.querySelectorAll(content)].some(
      element => element.getClientRects().length > 0,
    );
  while (!isThere()) {
    if (performance.now() - started > patienceMs) {
      return { requests: requests().map(toRequest) };
    }
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
  // Drawn, not only there
  await new Promise(resolve =>
    requestAnimationFrame(() => setTimeout(resolve)),
  );
  const shown = performance.now();

  let count = -1;
  while (requests().length !== count) {
    count = requests().length;
    await new Promise(resolve => setTimeout(resolve, quietMs));
  }
  const asked = requests().find(({ name }) => name.includes(data));
  return {
    // What the page knew before it asked costs no time
    ms: asked && Math.max(0, shown - asked.startTime),
    requests: requests()
      // Streams that stay open have no end
      .filter(({ responseEnd }) => responseEnd > 0)
      .map(toRequest),
  };
}

/**
 * Somebody in a browser of their own, who has been here before: what the app consists
 * of is in its cache.
 */
export async function enterAs({ browser, url, name }) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
  });
  await context.addInitScript(() =>
    performance.setResourceTimingBufferSize(2000),
  );
  const page = await context.newPage();
  await page.goto(url);
  await page
    .getByRole('button', { name: new RegExp(`Enter as ${name}`) })
    .click();
  await page.locator('a[href="/settings"]').first().waitFor();
  return page;
}

/**
 * Opens a screen by its address.
 *
 * @returns `ms`: absent when it did not show what it should, or did not ask for it
 */
export async function openScreen({ page, url, screen }) {
  const bodies = new Map();
  const listen = response => {
    const { pathname, search } = new URL(response.url());
    bodies.set(
      pathname + search,
      response.text().catch(() => ''),
    );
  };
  page.on('response', listen);
  await page.goto(`${url}${screen.path}`, { waitUntil: 'commit' });
  const { ms, requests } = await page.evaluate(untilContent, {
    content: screen.content,
    data: screen.data,
    quietMs: QUIET_MS,
    patienceMs: PATIENCE_MS,
  });
  page.off('response', listen);
  return {
    ms,
    requests: await Promise.all(
      requests.map(async request => ({
        ...request,
        bytes: compactLength(await bodies.get(request.path)) ?? request.bytes,
      })),
    ),
  };
}

/** As production sends it: while developing, JSON has spaces for people to read. */
function compactLength(text) {
  try {
    return Buffer.byteLength(JSON.stringify(JSON.parse(text)));
  } catch {
    return undefined;
  }
}
