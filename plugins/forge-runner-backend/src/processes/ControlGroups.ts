import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Limits } from './Limits';

const ROOT = '/sys/fs/cgroup';

/** The kernel counts threads, of which a Node process has a dozen. */
export const TASKS_PER_PROCESS = 16;

/** What is looked at comes first, with words for people; the kernel holds the rest. */
const MEMORY_SLACK = 1.25;

/** Where the second and the first version of groups count what was ended. */
const OOM_FILES = ['memory.events', 'memory.oom_control'];

/** Puts the shell into groups, and then is the command. */
const ENTER = `count=$1
shift
while [ "$count" -gt 0 ]; do
  echo 0 > "$1" || exit 125
  shift
  count=$((count - 1))
done
exec "$@"`;

/** A folder of control groups in which this user may make others. */
interface Hierarchy {
  folder: string;
  /** Files of a group, with what is written to them. */
  settings: (limits: Limits) => [file: string, value: number][];
}

/**
 * A control group: what is in it keeps to its limits, however fast it is.
 *
 * @internal
 */
export interface ControlGroup {
  /** The beginning of a command that is to run in it. */
  prefix: string[];
  /** Whether the kernel ended something in it that needed more memory. */
  ranOutOfMemory(): Promise<boolean>;
  /** Only when nothing runs in it any more. */
  remove(): Promise<void>;
}

/**
 * Control groups of Linux, where the user who runs the portal may make some: root, as
 * a rule.
 *
 * @internal
 */
export class ControlGroups {
  readonly #hierarchies: Hierarchy[];
  readonly #owner: string;

  /** @returns undefined where there are none to be had */
  static async detect(owner: string): Promise<ControlGroups | undefined> {
    if (process.platform !== 'linux') {
      return undefined;
    }
    try {
      const groups = new ControlGroups(await findHierarchies(), owner);
      await groups.#tidy();
      const limits = { memoryBytes: 1e9, processes: 10 };
      const trial = await groups.create(`${owner}.trial`, {
        ...limits,
        diskBytes: 0,
        freeDiskBytes: 0,
      });
      await trial.remove();
      return groups;
    } catch {
      // Read-only, or somebody else's
      return undefined;
    }
  }

  private constructor(hierarchies: Hierarchy[], owner: string) {
    this.#hierarchies = hierarchies;
    this.#owner = owner;
  }

  async create(mark: string, limits: Limits): Promise<ControlGroup> {
    const folders: string[] = [];
    for (const { folder, settings } of this.#hierarchies) {
      const group = join(folder, `waymark-${mark}`);
      await mkdir(group, { recursive: true });
      folders.push(group);
      for (const [file, value] of settings(limits)) {
        await writeFile(join(group, file), String(Math.ceil(value)));
      }
    }
    const files = folders.map(folder => join(folder, 'cgroup.procs'));
    return {
      prefix: ['sh', '-c', ENTER, 'sh', String(files.length), ...files],
      async ranOutOfMemory() {
        const texts = await Promise.all(
          folders.flatMap(folder =>
            OOM_FILES.map(file =>
              readFile(join(folder, file), 'utf8').catch(() => ''),
            ),
          ),
        );
        return /^oom_kill [1-9]/m.test(texts.join('\n'));
      },
      async remove() {
        for (const folder of folders) {
          await removeGroup(folder);
        }
      },
    };
  }

  /** Removes what an earlier portal left. */
  async #tidy(): Promise<void> {
    for (const { folder } of this.#hierarchies) {
      for (const name of await readdir(folder)) {
        if (name.startsWith(`waymark-${this.#owner}.`)) {
          await removeGroup(join(folder, name));
        }
      }
    }
  }
}

async function findHierarchies(): Promise<Hierarchy[]> {
  const own = new Map(
    (await readFile('/proc/self/cgroup', 'utf8'))
      .trim()
      .split('\n')
      .flatMap(line => {
        const [, controllers, path] = line.match(/^\d+:([^:]*):(.*)$/) ?? [];
        return controllers
          .split(',')
          .map(name => [name, path] as [string, string]);
      }),
  );
  const pids = own.get('pids');
  const memory = own.get('memory');
  if (pids && memory) {
    return [
      {
        folder: join(ROOT, 'pids', pids),
        settings: ({ processes }) => [
          ['pids.max', processes * TASKS_PER_PROCESS],
        ],
      },
      {
        folder: join(ROOT, 'memory', memory),
        settings: ({ memoryBytes }) => [
          ['memory.limit_in_bytes', memoryBytes * MEMORY_SLACK],
        ],
      },
    ];
  }
  const folder = join(ROOT, own.get('') ?? '/');
  await writeFile(join(folder, 'cgroup.subtree_control'), '+pids +memory');
  return [
    {
      folder,
      settings: ({ memoryBytes, processes }) => [
        ['pids.max', processes * TASKS_PER_PROCESS],
        ['memory.max', memoryBytes * MEMORY_SLACK],
      ],
    },
  ];
}

/** A process that was killed is in its group for a moment more. */
async function removeGroup(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rmdir(folder);
      return;
    } catch (error) {
      if (attempt > 50 || (error as NodeJS.ErrnoException).code !== 'EBUSY') {
        // The next start tries again
        return;
      }
      await sleep(20);
    }
  }
}
