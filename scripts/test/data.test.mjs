import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { lockData } from '../lib/backend.mjs';
import { forgePassword, forgePasswordFile } from '../lib/forge-password.mjs';
import { boundLog, lastLines, rotateLog } from '../lib/logs.mjs';
import { root } from '../lib/paths.mjs';

describe('the data folder', () => {
  let parent;
  let dataDir;
  beforeEach(() => {
    parent = mkdtempSync(path.join(os.tmpdir(), 'waymark-test-'));
    dataDir = path.join(parent, 'data');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  describe('its secret', () => {
    it('is made once, at random, and readable by its owner only', () => {
      const password = forgePassword(dataDir);
      assert.match(password, /^[\w-]{32}$/);
      assert.equal(forgePassword(dataDir), password);
      assert.notEqual(forgePassword(path.join(parent, 'other')), password);
      if (process.platform !== 'win32') {
        const mode = statSync(forgePasswordFile(dataDir)).mode;
        assert.equal(mode % 0o1000, 0o600);
      }
    });

    it('is made again when the file is empty', () => {
      const file = forgePasswordFile(dataDir);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, '');
      assert.match(forgePassword(dataDir), /^[\w-]{32}$/);
      assert.deepEqual(readdirSync(path.dirname(file)), ['forge-password']);
    });
  });

  describe('its reset', () => {
    const reset = (...args) =>
      spawnSync(
        process.execPath,
        [path.join(root, 'scripts', 'reset.mjs'), ...args],
        {
          encoding: 'utf8',
          input: 'yes\n',
          env: { ...process.env, WAYMARK_DATA_DIR: dataDir },
        },
      );

    it('deletes nothing when nobody can be asked', () => {
      forgePassword(dataDir);
      const { status, stderr } = reset();
      assert.equal(status, 1);
      assert.match(stderr, /--yes/);
      assert.ok(existsSync(forgePasswordFile(dataDir)));
    });

    it('deletes nothing while a portal runs on it', () => {
      forgePassword(dataDir);
      const lock = lockData(dataDir);
      const { status, stderr } = reset('--yes');
      lock.release();
      assert.equal(status, 1);
      assert.match(stderr, new RegExp(`process ${process.pid}`));
      assert.ok(existsSync(forgePasswordFile(dataDir)));
    });

    it('deletes nothing that is not a data folder', () => {
      mkdirSync(dataDir);
      writeFileSync(path.join(dataDir, 'thesis.txt'), 'months of work');
      const { status, stderr } = reset('--yes');
      assert.equal(status, 1);
      assert.match(stderr, /does not look like/);
      assert.ok(existsSync(path.join(dataDir, 'thesis.txt')));
    });

    it('deletes it all when told so', () => {
      forgePassword(dataDir);
      assert.equal(reset('--yes').status, 0);
      assert.ok(!existsSync(dataDir));
      assert.equal(reset('--yes').status, 0);
    });
  });

  describe('its logs', () => {
    it('are kept for five starts', () => {
      const file = path.join(dataDir, 'logs', 'backend.log');
      for (let start = 1; start <= 8; start++) {
        rotateLog(file);
        writeFileSync(file, `start ${start}`);
      }
      const names = readdirSync(path.dirname(file)).sort();
      assert.equal(names.length, 5);
      assert.equal(readFileSync(file, 'utf8'), 'start 8');
      assert.equal(
        readFileSync(path.join(dataDir, 'logs', 'backend.4.log'), 'utf8'),
        'start 4',
      );
    });

    it('start again at their limit', () => {
      const file = path.join(parent, 'backend.log');
      writeFileSync(file, 'x'.repeat(100));
      boundLog(file, 100);
      assert.equal(statSync(file).size, 100);
      boundLog(file, 99);
      assert.equal(statSync(file).size, 0);
      assert.equal(statSync(path.join(parent, 'backend.1.log')).size, 100);
    });

    it('are shown without requests and colours', () => {
      const file = path.join(parent, 'backend.log');
      writeFileSync(
        file,
        'one\n\u001b[34mtwo\u001b[39m\nGET / type="incomingRequest"\nthree\n',
      );
      assert.deepEqual(lastLines(file, 2), ['two', 'three']);
      assert.deepEqual(lastLines(path.join(parent, 'none.log'), 2), []);
    });
  });
});
