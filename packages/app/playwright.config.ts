import { defineConfig } from '@playwright/test';
import { browser } from './e2e-tests/support/browser';

/** They start what they need, and pipelines run in one of them for minutes. */
const OWN_PORTALS = ['golden-paths/paths.spec.ts', 'signing-in-github.spec.ts'];

const NOT_HERE = [
  // playwright.production.config.ts
  '**/production/**',
  // Pictures to look at, only on request; nothing compares them
  ...(process.env.WAYMARK_SCREENSHOTS ? [] : ['screenshots.spec.ts']),
];

/**
 * The portal in a real Chromium. Needs the built frontend, Git and a Chromium:
 * CHROMIUM_PATH, or `chromium` on the PATH.
 */
export default defineConfig({
  testDir: 'e2e-tests',
  outputDir: '../../test-results/e2e',
  reporter: [
    ['list'],
    [
      'json',
      {
        outputFile:
          process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ??
          '../../e2e-test-report/results.json',
      },
    ],
  ],
  forbidOnly: Boolean(process.env.CI),
  // Each with a portal of its own: within one, a test's service is a line in
  // another one's catalog. Two, also on two processors: a browser often waits
  workers: 2,
  projects: [
    // The longest first
    { name: 'own portals', testMatch: OWN_PORTALS },
    { name: 'shared portal', testIgnore: [...NOT_HERE, ...OWN_PORTALS] },
  ],
  // Nothing waits that long, unless others keep all processors busy
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: {
    ...browser,
    actionTimeout: 60_000,
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    // Without a film of each test, which costs as much as the test
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
});
