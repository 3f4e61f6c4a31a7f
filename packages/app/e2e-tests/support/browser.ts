import { existsSync } from 'node:fs';
import path from 'node:path';

/** Finds the installed browser; Playwright's own is not downloaded. */
function findChromium(): string | undefined {
  if (process.env.CHROMIUM_PATH) {
    return process.env.CHROMIUM_PATH;
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return folders
    .flatMap(folder => names.map(name => path.join(folder, name)))
    .find(file => existsSync(file));
}

const executablePath = findChromium();
if (!executablePath) {
  throw new Error(
    'No Chromium found: install one, or say where it is with CHROMIUM_PATH',
  );
}

/** Options of the browser, for the test runner. */
export const browser = {
  browserName: 'chromium' as const,
  launchOptions: {
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
  },
};
