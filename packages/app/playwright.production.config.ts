import { defineConfig } from '@playwright/test';
import walk from './playwright.config';

/**
 * The installed portal in a real Chromium, on PostgreSQL and with a GitHub.
 * Needs what playwright.config.ts does, and WAYMARK_PRODUCTION_DIR: the folder
 * that `node scripts/production/install.mjs --to <folder>` has filled.
 */
export default defineConfig({
  ...walk,
  testDir: 'e2e-tests/production',
  workers: 1,
  globalSetup: require.resolve(
    './e2e-tests/production/support/startProduction.ts',
  ),
  outputDir: '../../test-results/production',
  projects: [
    { name: 'walk', testIgnore: 'secrets.spec.ts' },
    // Looks at what the others have left
    { name: 'secrets', testMatch: 'secrets.spec.ts', dependencies: ['walk'] },
  ],
});
