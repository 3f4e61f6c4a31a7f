import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

const elsewhere = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
};

export const chromiumHelp = [
  'Debian, Ubuntu: sudo apt-get install chromium · Fedora: sudo dnf install chromium',
  'macOS: brew install --cask chromium · or name one: CHROMIUM_PATH=/path/to/chromium',
];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The installed Chromium or Chrome; undefined when there is none. */
export function findChromium(env = process.env, platform = process.platform) {
  if (env.CHROMIUM_PATH) {
    return isExecutable(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  }
  const onPath = (env.PATH ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .flatMap(directory => names.map(name => path.join(directory, name)));
  return [...onPath, ...(elsewhere[platform] ?? [])].find(isExecutable);
}
