import { chromium } from '@playwright/test';
import { UserError } from '../../lib/errors.mjs';
import { chromiumHelp, findChromium } from '../../lib/testing/chromium.mjs';

/** The installed browser, without anything that would talk to others meanwhile. */
export function openBrowser() {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new UserError('No Chromium was found.', chromiumHelp);
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
