import { readdir, readFile, readlink } from 'node:fs/promises';

/**
 * An address at which a process takes connections.
 *
 * @internal
 */
export interface Listener {
  address: string;
  port: number;
  isLoopback: boolean;
}

/** State LISTEN in `/proc/net/tcp`. */
const LISTEN = '0A';

/**
 * Where processes listen for TCP connections. Nothing on systems without `/proc`.
 *
 * @internal
 */
export async function listenersOf(pids: number[]): Promise<Listener[]> {
  if (process.platform !== 'linux' || pids.length === 0) {
    return [];
  }
  const sockets = new Set((await Promise.all(pids.map(socketsOf))).flat());
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map(readTable),
  );
  return tables
    .flat()
    .flatMap(({ inode, listener }) => (sockets.has(inode) ? [listener] : []));
}

async function socketsOf(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  try {
    const links = await Promise.all(
      (
        await readdir(folder)
      ).map(name => readlink(`${folder}/${name}`).catch(() => '')),
    );
    return links.flatMap(link => link.match(/^socket:\[(\d+)\]$/)?.[1] ?? []);
  } catch {
    return [];
  }
}

async function readTable(
  path: string,
): Promise<{ inode: string; listener: Listener }[]> {
  // IPv6 may be off
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(fields => fields[3] === LISTEN)
    .map(fields => ({ inode: fields[9], listener: parseLocal(fields[1]) }));
}

/** `0100007F:1F90`: words of four bytes, each in the order of this machine. */
function parseLocal(text: string): Listener {
  const [hex, port] = text.split(':');
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap(word =>
    (word.match(/../g) ?? []).map(byte => parseInt(byte, 16)).reverse(),
  );
  const isMapped =
    bytes.length === 16 &&
    bytes.slice(0, 10).every(byte => byte === 0) &&
    bytes[10] === 255 &&
    bytes[11] === 255;
  const v4 = isMapped ? bytes.slice(12) : bytes;
  const isV4 = v4.length === 4;
  return {
    address: isV4 ? v4.join('.') : formatV6(bytes),
    port: parseInt(port, 16),
    isLoopback: isV4
      ? v4[0] === 127
      : bytes.every((byte, index) => byte === (index === 15 ? 1 : 0)),
  };
}

function formatV6(bytes: number[]): string {
  if (bytes.every(byte => byte === 0)) {
    return '::';
  }
  const words = [];
  for (let index = 0; index < 16; index += 2) {
    words.push((bytes[index] * 256 + bytes[index + 1]).toString(16));
  }
  return words.join(':').replace(/^(0:)+/, '::');
}
