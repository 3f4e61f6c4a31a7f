import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { lockData } from '../lib/backend.mjs';
import { root } from '../lib/paths.mjs';
import { freePort, rememberPort } from '../lib/ports.mjs';

describe('the first command', () => {
  let dataDir;
  let server;
  let port;
  beforeEach(async () => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'waymark-test-'));
    port = await freePort();
    server = net.createServer();
    await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await new Promise(resolve => server.close(resolve));
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = (args, env = {}) =>
    new Promise(resolve => {
      const child = spawn(
        process.execPath,
        [path.join(root, 'scripts', 'start.mjs'), ...args],
        { env: { ...process.env, WAYMARK_DATA_DIR: dataDir, ...env } },
      );
      let output = '';
      child.stdout.on('data', chunk => (output += chunk));
      child.stderr.on('data', chunk => (output += chunk));
      child.once('exit', code => resolve({ code, output }));
    });

  it('says who has the port and how to choose another', async () => {
    const { code, output } = await start(['--port', String(port)]);
    assert.equal(code, 1);
    assert.match(output, new RegExp(`Port ${port} is taken by`));
    assert.match(output, new RegExp(`npm start -- --port ${port + 1}`));
    assert.doesNotMatch(output, /better kept/);
  });

  it('warns before a port that addresses name already is given up', async () => {
    rememberPort(dataDir, port);
    const { code, output } = await start([], { PORT: '', WAYMARK_PORT: '' });
    assert.equal(code, 1);
    assert.match(output, /better kept/);
  });

  it('does not start twice on the same data', async () => {
    const lock = lockData(dataDir, { port: 7014 });
    const { code, output } = await start(['--port', String(port)]);
    lock.release();
    assert.equal(code, 1);
    assert.match(output, /already runs .*http:\/\/localhost:7014/);
  });

  it('does not guess at what it does not know', async () => {
    const { code, output } = await start(['--prot', '1']);
    assert.equal(code, 1);
    assert.match(output, /Unknown argument: --prot\n {2}Usage/);
  });

  it('names Git when it is missing', async () => {
    const { code, output } = await start([], { PATH: dataDir, Path: dataDir });
    assert.equal(code, 1);
    assert.match(output, /^\s*Git was not found/);
  });
});
