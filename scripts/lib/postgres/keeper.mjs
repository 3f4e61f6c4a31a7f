import { rmSync } from 'node:fs';
import { acquireLock } from '../lock.mjs';
import { freePort } from '../ports.mjs';
import { startCluster } from './cluster.mjs';
import { lockFile, removeAbandoned } from './folders.mjs';

// A process of its own between a server and whoever wants one: when that one
// ends, in whatever way, its end of the pipe closes and the server goes too.
// Says one line of JSON on standard output, either { port, … } or { error }.

const { dataDir, port, temporary, careless } = JSON.parse(process.argv[2]);

const wanted = new Promise(resolve => {
  process.stdin.on('end', resolve).on('error', resolve).resume();
  process.on('SIGTERM', resolve);
});
// The terminal's Ctrl-C is for the one who wants the server
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
// Nobody may be left to hear it
process.stdout.on('error', () => {});

const say = message => process.stdout.write(`${JSON.stringify(message)}\n`);

async function start() {
  for (let attempt = 1; ; attempt++) {
    const chosen = port ?? (await freePort());
    try {
      const cluster = await startCluster({
        dataDir,
        port: chosen,
        careless,
      });
      return { cluster, chosen };
    } catch (error) {
      // Somebody else took the free port meanwhile
      if (port || attempt === 3) {
        throw error;
      }
    }
  }
}

const lock = acquireLock(lockFile(dataDir));
if (lock.holder) {
  say({ error: `A PostgreSQL already runs on ${dataDir}` });
  process.exit(1);
}
try {
  await removeAbandoned();
  const { cluster, chosen } = await start();
  say({ port: chosen, pid: cluster.pid, password: cluster.password });
  await Promise.race([wanted, cluster.exited]);
  await cluster.stop();
} catch (error) {
  say({ error: error.message });
  process.exitCode = 1;
} finally {
  lock.release();
  if (temporary) {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
process.exit();
