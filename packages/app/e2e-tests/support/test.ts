import { expect, test as base, type Page } from '@playwright/test';
import { startPortal } from './startPortal';

/** The forge's REST interface, with its credentials. */
export interface ForgeClient {
  createRepository(options: { owner: string; name: string }): Promise<void>;
  deleteRepository(options: { owner: string; name: string }): Promise<void>;
}

/** Errors in the console that are no fault of ours. */
const KNOWN_ERRORS = [
  // Documentation is built when it is first read, after the reader has asked for it
  /status of 404 .*\/api\/techdocs\/(?:static\/docs|metadata\/techdocs)\//,
  // Whether there still is a session of GitHub is asked before its window opens
  /status of 401 .*\/api\/auth\/github\/refresh/,
  // Somebody is refused at sign-in, which a test then looks for on the page
  /status of 403 .*\/api\/auth\/personas\/refresh/,
  // A scorecard with a mistake is tried, which a test then looks for on the page
  /status of 400 .*\/api\/scorecards\/previews/,
  // Code of the portal is held back, which a test then looks for on the page
  /ERR_BLOCKED_BY_CLIENT.*\/static\//,
  /Loading (?:CSS )?chunk \d+ failed/,
];

/** A name that no other test has taken. */
export function freshName(prefix: string): string {
  return `${prefix}-${Date.now().toString(36)}`;
}

/**
 * Playwright's test, for those that bring a portal of their own. It fails on any
 * error in the browser's console.
 */
export const ownPortalTest = base.extend<{ consoleErrors: void }>({
  consoleErrors: [
    async ({ page }, provide) => {
      const errors: string[] = [];
      page.on('console', message => {
        const text = `${message.text()} (${message.location().url})`;
        const isKnown = KNOWN_ERRORS.some(known => known.test(text));
        if (message.type() === 'error' && !isKnown) {
          errors.push(text);
        }
      });
      page.on('pageerror', error => errors.push(String(error)));
      await provide();
      expect(errors, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
});

/** The same, against the portal of its worker: all tests there share it. */
export const test = ownPortalTest.extend<
  { forge: ForgeClient },
  { portal: Omit<Awaited<ReturnType<typeof startPortal>>, 'stop'> }
>({
  portal: [
    async ({}, provide) => {
      const { stop, ...portal } = await startPortal();
      try {
        await provide(portal);
      } finally {
        await stop();
      }
    },
    { scope: 'worker', timeout: 360_000 },
  ],

  baseURL: async ({ portal }, provide) => {
    await provide(portal.url);
  },

  forge: async ({ request, portal }, provide) => {
    const headers = {
      authorization: `Basic ${Buffer.from(
        `waymark:${portal.forgePassword}`,
      ).toString('base64')}`,
    };
    const address = `${portal.url}/api/forge/api/v1`;
    await provide({
      async createRepository({ owner, name }) {
        const response = await request.post(`${address}/orgs/${owner}/repos`, {
          headers,
          data: { name, description: '', default_branch: 'main' },
        });
        expect(response.status()).toBe(201);
      },
      async deleteRepository({ owner, name }) {
        const response = await request.delete(
          `${address}/repos/${owner}/${name}`,
          { headers },
        );
        expect(response.status()).toBe(204);
      },
    });
  },
});

/** Opens a page of the portal as guest. */
export async function enter(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: 'Enter as guest' }).click();
}

/** Opens a page of the portal as one of the sample people, such as `Maren Osei`. */
export async function enterAs(
  page: Page,
  address: string,
  name: string,
): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: `Enter as ${name}, ` }).click();
}

/** Forgets who was there, for the next one to enter. */
export async function leave(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.context().clearCookies();
}

export { expect };
