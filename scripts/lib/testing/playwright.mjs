import { rmSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors.mjs';
import { chromiumHelp, findChromium } from './chromium.mjs';
import { counted, readReport, reportsDir, tool } from './tool.mjs';
import { playwrightVerdict } from './verdicts.mjs';

/**
 * Runs the tests of a configuration of Playwright.
 * Without a browser they are counted as skipped, unless REQUIRE_BROWSER=1.
 */
export async function runPlaywright(context, { name, config, env = {} }) {
  const chromium = findChromium();
  const playwright = (args, more) =>
    tool(
      context,
      name,
      [
        'playwright',
        'test',
        '--config',
        path.join('packages/app', config),
        ...args,
      ],
      { env: { ...env, ...more } },
    );
  if (!chromium) {
    if (process.env.REQUIRE_BROWSER === '1') {
      throw new UserError('No Chromium was found.', chromiumHelp);
    }
    // Only to count them: no browser is started for that
    const listed = await playwright(['--list'], { CHROMIUM_PATH: 'none' });
    const total = Number(listed.output.match(/Total: (\d+) tests?/)?.[1]);
    return {
      passed: 0,
      failed: 0,
      skipped: total || 1,
      notice: ['skipped, there is no Chromium on this machine.']
        .concat(chromiumHelp)
        .join('\n   '),
    };
  }
  const report = path.join(reportsDir, `playwright-${name}.json`);
  rmSync(report, { force: true });
  const result = await playwright([], {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return counted(playwrightVerdict(readReport(report)), result);
}
