import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Isolation } from '@waymark/plugin-forge-runner-common';
import { ControlGroups } from './ControlGroups';

const run = promisify(execFile);

/** A namespace of process ids: when its first process ends, the kernel ends the rest. */
const NAMESPACE = [
  'unshare',
  '--user',
  '--map-current-user',
  '--pid',
  '--fork',
  '--kill-child',
];

/** With a `/proc` of its own, in which there is no process of the portal. */
const PREFIXES = {
  hidden: [...NAMESPACE, '--mount-proc', '--'],
  visible: [...NAMESPACE, '--'],
};

const EVERYWHERE =
  'Pipelines run as the user who runs the portal, and can read and write what that user can.';

const VISIBLE =
  'The environment of the portal is among that: this system lets processes of one user see each other.';

/**
 * How processes are kept apart on this machine.
 *
 * @internal
 */
export interface ProcessIsolation extends Isolation {
  /** The beginning of every command. */
  prefix: string[];
  /** Where the kernel holds memory and the number of processes of each stage. */
  groups?: ControlGroups;
}

/**
 * Finds out what this machine can enforce.
 *
 * @internal
 */
export async function detectIsolation(
  owner: string,
): Promise<ProcessIsolation> {
  if (process.platform !== 'linux') {
    return {
      prefix: [],
      processes: 'process-group',
      notEnforced: [
        EVERYWHERE,
        'Where services listen is not watched on this system.',
        'A process that leaves its group and its parents behind within half a second is not found.',
      ],
    };
  }
  const groups = await ControlGroups.detect(owner);
  // The kernel does not count what root starts
  const isRoot = process.getuid?.() === 0;
  const shared =
    isRoot && !groups
      ? [
          EVERYWHERE,
          'The number of processes is looked at, and not held by the kernel, since the portal runs as root and may make no control groups: a pipeline that forks as fast as it can slows this machine down before it is ended.',
        ]
      : [EVERYWHERE];
  if (await works(PREFIXES.hidden)) {
    return {
      groups,
      prefix: PREFIXES.hidden,
      processes: 'namespace',
      // Root may take the new `/proc` away again
      notEnforced: isRoot ? [...shared, VISIBLE] : shared,
    };
  }
  if (await works(PREFIXES.visible)) {
    return {
      groups,
      prefix: PREFIXES.visible,
      processes: 'namespace',
      notEnforced: [...shared, VISIBLE],
    };
  }
  return {
    groups,
    prefix: [],
    processes: 'tracked',
    notEnforced: [
      ...shared,
      VISIBLE,
      'This system gives users no namespace of process ids: a process that wipes its environment and leaves its parents behind within half a second is not found.',
    ],
  };
}

async function works([command, ...args]: string[]): Promise<boolean> {
  try {
    await run(command, [...args, 'true'], { timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}
