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
  '--',
];

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
  const everywhere =
    'Pipelines run as the user who runs the portal, and can read and write what that user can.';
  if (process.platform !== 'linux') {
    return {
      prefix: [],
      processes: 'process-group',
      notEnforced: [
        everywhere,
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
          everywhere,
          'The number of processes is looked at, and not held by the kernel, since the portal runs as root and may make no control groups: a pipeline that forks as fast as it can slows this machine down before it is ended.',
        ]
      : [everywhere];
  const [command, ...args] = NAMESPACE;
  try {
    await run(command, [...args, 'true'], { timeout: 5000 });
    return {
      groups,
      prefix: NAMESPACE,
      processes: 'namespace',
      notEnforced: shared,
    };
  } catch {
    return {
      groups,
      prefix: [],
      processes: 'tracked',
      notEnforced: [
        ...shared,
        'This system gives users no namespace of process ids: a process that wipes its environment and leaves its parents behind within half a second is not found.',
      ],
    };
  }
}
