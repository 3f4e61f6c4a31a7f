/** When a portal is really up: its page, its sign-in and its catalog answer. */

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

async function request(url, init = {}) {
  return fetch(url, { ...init, signal: AbortSignal.timeout(5000) });
}

/** Signs in as guest and returns the token of the API. */
export async function guestToken(url) {
  const response = await request(`${url}/api/auth/guest/refresh`, {
    method: 'POST',
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  if (!response.ok) {
    throw new Error(`guest sign-in answers ${response.status}`);
  }
  return (await response.json()).backstageIdentity.token;
}

async function checkPage(url) {
  const response = await request(`${url}/`, {
    headers: { accept: 'text/html' },
  });
  const html =
    response.ok && response.headers.get('content-type')?.includes('text/html');
  await response.arrayBuffer();
  if (!html) {
    throw new Error(`the page answers ${response.status}, without HTML`);
  }
}

async function count(url, token, kind) {
  const query = kind ? `&filter=kind=${kind}` : '';
  const response = await request(
    `${url}/api/catalog/entities/by-query?limit=0${query}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  if (!response.ok) {
    throw new Error(`the catalog answers ${response.status}`);
  }
  return (await response.json()).totalItems;
}

/** Whether the catalog holds all of these entities. */
async function holds(url, token, entityRefs) {
  const response = await request(`${url}/api/catalog/entities/by-refs`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ entityRefs, fields: ['kind'] }),
  });
  if (!response.ok) {
    throw new Error(`the catalog answers ${response.status}`);
  }
  return (await response.json()).items.every(Boolean);
}

/**
 * Waits until the page is HTML, a guest is let in and the catalog holds what it
 * is configured to: components, templates and what is expected by name, and no
 * more of anything since the last look. A catalog configured without the one or the other counts as full
 * once it has not grown for five seconds.
 *
 * @param {object} options
 * @param {string} options.url
 * @param {number} options.timeoutMs
 * @param {string[]} [options.expected] references of entities
 * @param {boolean} [options.frontend] whether a page is served at all
 * @param {() => void} [options.check] called on each look; throws to give up
 * @param {(state: string) => void} [options.onProgress]
 * @returns {Promise<{ entities: number }>}
 */
export async function waitUntilReady({
  url,
  timeoutMs,
  expected = [],
  frontend = true,
  check = () => {},
  onProgress = () => {},
}) {
  const end = Date.now() + timeoutMs;
  let token;
  let pageSeen = !frontend;
  let last = { total: -1, since: Date.now() };
  let state = 'starting the backend';

  while (Date.now() < end) {
    check();
    try {
      if (!pageSeen) {
        await checkPage(url);
        pageSeen = true;
      }
      state = 'signing in';
      token ??= await guestToken(url);
      state = 'reading the catalog';
      const total = await count(url, token);
      state = `filling the catalog: ${total} entities`;
      const steady = total === last.total;
      if (!steady) {
        last = { total, since: Date.now() };
      } else if (total > 0) {
        const components = await count(url, token, 'component');
        const templates = await count(url, token, 'template');
        const steadyMs = Date.now() - last.since;
        const complete =
          components && templates && (await holds(url, token, expected));
        if ((complete && steadyMs >= 400) || steadyMs >= 5000) {
          return { entities: total };
        }
      }
    } catch (error) {
      // Not there yet: a refused connection, a plugin still starting
      state = pageSeen ? `${state} (${error.message})` : state;
    }
    onProgress(state);
    await sleep(250);
  }
  throw new Error(
    `not ready after ${Math.round(timeoutMs / 1000)} s: ${state}`,
  );
}
