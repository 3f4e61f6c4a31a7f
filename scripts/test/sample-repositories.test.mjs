import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { git } from '../lib/git.mjs';
import { root } from '../lib/paths.mjs';

const folder = path.join(root, 'examples', 'repositories');

// In each repository, what its README and its pipeline call a test
const tests = {
  'journey-planning/departure-boards': [process.execPath, '--test'],
  'platform/rail-infrastructure': ['python3', 'check'],
  'ticketing/order-service': [process.execPath, '--test'],
  'ticketing/ticket-issuer': ['python3', '-m', 'unittest'],
  'train-running/train-tracker': ['sh', 'test'],
};

const needed = {
  python3: ['python3', '-c', 'import sys; assert sys.version_info >= (3, 11)'],
  sh: ['javac', '--release', '17', '--version'],
};

const environment = {
  ...process.env,
  // Or the tests inside would report to this run, and fail with it unseen
  NODE_TEST_CONTEXT: undefined,
};

const run = ([command, ...args], cwd) =>
  execFileSync(command, args, {
    cwd,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function isMissing(command) {
  try {
    run(needed[command] ?? [process.execPath, '--version'], root);
    return false;
  } catch {
    return `needs ${needed[command][0]} on this machine`;
  }
}

describe('the repositories of the sample', () => {
  let scratch;
  before(() => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'waymark-sample-'));
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  it('are all tested here', () => {
    const found = readdirSync(folder, { recursive: true })
      .filter(file => file.endsWith('.mbox'))
      .map(file => file.slice(0, -'.mbox'.length).split(path.sep).join('/'));
    assert.deepEqual(found.sort(), Object.keys(tests));
  });

  for (const [name, test] of Object.entries(tests)) {
    const skip = isMissing(test[0]);
    it(`${name} has a history and passes its own tests`, { skip }, async () => {
      const cwd = path.join(scratch, path.basename(name));
      await git(['init', '--quiet', cwd]);
      const mailbox = path.join(folder, `${name}.mbox`);
      await git(['am', '--quiet', mailbox], { cwd });
      const authors = await git(['log', '--format=%an'], { cwd });
      assert.ok(new Set(authors.trim().split('\n')).size > 1);
      run(test, cwd);
    });
  }
});
