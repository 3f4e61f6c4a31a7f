import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { MARK } from './Mark';

/** Bytes of a page, on every Linux that runs Node. */
const PAGE_BYTES = 4096;

/**
 * A process as the system tells of it.
 *
 * @internal
 */
export interface ProcessEntry {
  pid: number;
  parent: number;
  group: number;
  /** When it started, as the system counts: tells it from a later one of the same id. */
  started: string;
  memoryBytes: number;
}

/**
 * The processes of this machine. Zombies are left out: they hold nothing and run
 * nothing.
 *
 * @internal
 */
export interface ProcessTable {
  list(): Promise<ProcessEntry[]>;
  /** The mark in the environment that a process was started with, if it can be read. */
  markOf(pid: number): Promise<string | undefined>;
}

function readStat(name: string): ProcessEntry | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${name}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name in brackets may hold spaces and brackets: count from behind it
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') {
    return undefined;
  }
  return {
    pid: Number(name),
    parent: Number(fields[1]),
    group: Number(fields[2]),
    started: fields[19],
    memoryBytes: Number(fields[21]) * PAGE_BYTES,
  };
}

/**
 * Read at once: the kernel answers from memory, and those who fork for ever would
 * outrun anything that takes turns.
 */
const linuxTable: ProcessTable = {
  async list() {
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(readStat)
      .filter(entry => entry !== undefined);
  },

  async markOf(pid) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      const start = environment.indexOf(`${MARK}=`);
      return start < 0
        ? undefined
        : environment.slice(start + MARK.length + 1).split('\0', 1)[0];
    } catch {
      // Another user's, or gone by now
      return undefined;
    }
  },
};

const run = promisify(execFile);

/** macOS and other systems: who descends from whom, and nothing of environments. */
const otherTable: ProcessTable = {
  async list() {
    const { stdout } = await run(
      'ps',
      ['-axo', 'pid=,ppid=,pgid=,stat=,rss=,lstart='],
      { maxBuffer: 16 * 1024 * 1024 },
    );
    return stdout.split('\n').flatMap(line => {
      const [pid, parent, group, state, memory, ...started] = line
        .trim()
        .split(/\s+/);
      return !pid || state.startsWith('Z')
        ? []
        : {
            pid: Number(pid),
            parent: Number(parent),
            group: Number(group),
            started: started.join(' '),
            memoryBytes: Number(memory) * 1024,
          };
    });
  },

  async markOf() {
    return undefined;
  },
};

/** @internal */
export function createProcessTable(): ProcessTable {
  return process.platform === 'linux' ? linuxTable : otherTable;
}
