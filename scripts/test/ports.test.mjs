import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { UserError } from '../lib/errors.mjs';
import { portHolder } from '../lib/machine.mjs';
import {
  choosePort,
  defaultPort,
  freePort,
  probePort,
  rememberPort,
} from '../lib/ports.mjs';

describe('the port', () => {
  let dataDir;
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'waymark-test-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('is the one asked for, else that of the last start, else 7007', () => {
    assert.equal(choosePort({ dataDir }).port, defaultPort);
    rememberPort(dataDir, 7010);
    assert.equal(choosePort({ dataDir }).port, 7010);
    assert.equal(choosePort({ dataDir, env: { PORT: '7011' } }).port, 7011);
    assert.deepEqual(
      choosePort({ dataDir, option: '7012', env: { PORT: '7011' } }),
      { port: 7012, previous: 7010 },
    );
  });

  it('falls back to 7007 when what was kept is damaged', () => {
    writeFileSync(path.join(dataDir, 'port'), 'seven');
    assert.equal(choosePort({ dataDir }).port, defaultPort);
  });

  for (const wrong of ['0', '65536', '-1', '70x', '7007.5', ' ']) {
    it(`refuses "${wrong}" and names where it came from`, () => {
      assert.throws(
        () => choosePort({ dataDir, env: { PORT: wrong } }),
        error => error instanceof UserError && /^PORT /.test(error.message),
      );
    });
  }

  for (const host of ['127.0.0.1', '0.0.0.0']) {
    it(`is seen as taken when somebody listens on ${host}`, async () => {
      const port = await freePort();
      assert.equal(await probePort(port), undefined);
      const server = net.createServer();
      await new Promise(resolve => server.listen(port, host, resolve));
      try {
        assert.equal((await probePort(port)).code, 'EADDRINUSE');
        if (process.platform === 'linux') {
          assert.match(portHolder(port), new RegExp(`process ${process.pid}`));
        }
      } finally {
        await new Promise(resolve => server.close(resolve));
      }
    });
  }
});
