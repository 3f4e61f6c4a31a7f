import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process of this id exists, be it ours or another user's. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * What tells a process from a later one that was given the same id: the moment
 * it started. Undefined where the system does not tell.
 */
export function processIdentity(pid) {
  if (process.platform === 'linux') {
    try {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in brackets may hold spaces: count from behind it
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return `${boot.trim()}/${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  if (process.platform === 'win32') {
    return undefined;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

/** A process as written to a file, to be recognised later. */
export function describeProcess(pid) {
  return { pid, identity: processIdentity(pid) };
}

/** Whether exactly the described process is still there. */
export function isSameProcess(described) {
  if (!Number.isInteger(described?.pid) || !isAlive(described.pid)) {
    return false;
  }
  const identity = processIdentity(described.pid);
  return (
    described.identity === undefined ||
    identity === undefined ||
    described.identity === identity
  );
}

/** Resident memory in bytes; undefined where the system does not tell. */
export function residentMemory(pid) {
  try {
    if (process.platform === 'linux') {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const match = status.match(/^VmRSS:\s+(\d+) kB/m);
      return match ? Number(match[1]) * 1024 : undefined;
    }
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(kilobytes) * 1024 || undefined;
  } catch {
    return undefined;
  }
}

/** Waits until the process is gone; false when it is still there afterwards. */
export async function waitForExit(pid, timeoutMs) {
  const end = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > end) {
      return false;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return true;
}
