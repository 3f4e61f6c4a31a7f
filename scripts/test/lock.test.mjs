import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { lockData } from '../lib/backend.mjs';
import { UserError } from '../lib/errors.mjs';
import { acquireLock, lockHolder } from '../lib/lock.mjs';
import { describeProcess } from '../lib/processes.mjs';

describe('the lock of a data folder', () => {
  let directory;
  let file;
  let child;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'waymark-test-'));
    file = path.join(directory, 'portal.lock');
    child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });
  const killed = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };

  it('lets one in, and the next after its release', () => {
    const lock = acquireLock(file);
    assert.equal(acquireLock(file).holder.owner.pid, process.pid);
    lock.release();
    const next = acquireLock(file);
    assert.equal(next.holder, undefined);
    next.release();
    assert.deepEqual(readdirSync(directory), []);
  });

  it('names the process and the address to whoever comes second', () => {
    const lock = lockData(directory, { port: 7013 });
    assert.throws(
      () => lockData(directory),
      error =>
        error instanceof UserError &&
        error.message.includes(`process ${process.pid}`) &&
        error.message.includes('http://localhost:7013'),
    );
    lock.release();
  });

  it('is taken over from a process that died', async () => {
    writeFileSync(file, JSON.stringify({ owner: describeProcess(child.pid) }));
    assert.equal(lockHolder(file).owner.pid, child.pid);
    await killed();
    const lock = acquireLock(file);
    assert.equal(lock.holder, undefined);
    lock.release();
  });

  it('stays with the backend when its starter died', () => {
    writeFileSync(
      file,
      JSON.stringify({
        owner: { pid: 2 ** 22 + 1 },
        child: describeProcess(child.pid),
      }),
    );
    assert.equal(acquireLock(file).holder.child.pid, child.pid);
  });

  it('is not held by another process that got the same id later', () => {
    const { pid, identity } = describeProcess(child.pid);
    writeFileSync(
      file,
      JSON.stringify({ owner: { pid, identity: `${identity}, earlier` } }),
    );
    const lock = acquireLock(file);
    assert.equal(lock.holder, undefined);
    lock.release();
  });

  it('is taken over when it is damaged', () => {
    writeFileSync(file, '{"owner":');
    const lock = acquireLock(file);
    assert.equal(lock.holder, undefined);
    lock.release();
  });
});
