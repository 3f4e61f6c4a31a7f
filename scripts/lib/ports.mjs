import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { UserError } from './errors.mjs';

export const defaultPort = 7007;

const portFile = dataDir => path.join(dataDir, 'port');

/** @returns the port as a number; throws when it is none */
export function parsePort(text, source) {
  const port = Number(text);
  if (!/^\d+$/.test(String(text).trim()) || port < 1 || port > 65535) {
    throw new UserError(`${source} is not a port: "${text}"`, [
      'A port is a number between 1 and 65535, for example 7008.',
    ]);
  }
  return port;
}

/** The port of the earlier starts on this data; undefined on the first. */
export function rememberedPort(dataDir) {
  try {
    return parsePort(readFileSync(portFile(dataDir), 'utf8'), 'Kept port');
  } catch {
    return undefined;
  }
}

/** Keeps the port, since addresses stored in the data hold it. */
export function rememberPort(dataDir, port) {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(portFile(dataDir), `${port}\n`);
}

/**
 * Which port to use: the one asked for, else the one of the last start, else
 * 7007.
 *
 * @returns {{ port: number, previous: number | undefined }}
 */
export function choosePort({ option, env = {}, dataDir }) {
  const previous = rememberedPort(dataDir);
  const asked = [
    ['--port', option],
    ['PORT', env.PORT],
    ['WAYMARK_PORT', env.WAYMARK_PORT],
  ];
  for (const [name, value] of asked) {
    if (value) {
      return { port: parsePort(value, name), previous };
    }
  }
  return { port: previous ?? defaultPort, previous };
}

/**
 * The error that listening on this loopback port gives; undefined when the
 * port is free. Something else on the same port of all interfaces counts too,
 * since the browser may end up there.
 */
export async function probePort(port) {
  for (const host of ['127.0.0.1', undefined]) {
    const error = await new Promise(resolve => {
      const server = net.createServer();
      server.once('error', resolve);
      server.listen({ port, host, exclusive: true }, () =>
        server.close(() => resolve(undefined)),
      );
    });
    if (error) {
      return error;
    }
  }
  return undefined;
}

/** A port nobody uses at the moment. */
export async function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
