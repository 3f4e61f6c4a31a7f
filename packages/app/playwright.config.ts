import { defineConfig } from '@playwright/test';
import { browser } from './e2e-tests/support/browser';

/**
 * The portal in a real Chromium. Needs the built frontend, Git and a Chromium:
 * CHROMIUM_PATH, or `chromium` on the PATH.
 */
export default defineConfig({
  testDir: 'e2e-tests',
  testIgnore: [
    // playwright.production.config.ts
    '**/production/**',
    // Pictures to look at, only on request; nothing compares them
    ...(process.env.WAYMARK_SCREENSHOTS ? [] : ['screenshots.spec.ts']),
  ],
  globalSetup: require.resolve('./e2e-tests/support/startPortal.ts'),
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
  // One portal, and a test's service is a line in another one's catalog
  workers: 1,
  // Nothing waits that long, unless others keep all processors busy
  timeout: 240_000,
  expect: { timeout: 60_000 },
  use: {
    ...browser,
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
