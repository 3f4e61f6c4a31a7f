import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Isolation } from '@waymark/plugin-forge-runner-common';

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
}

/**
 * Finds out what this machine can enforce.
 *
 * @internal
 */
export async function detectIsolation(): Promise<ProcessIsolation> {
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
  const [command, ...args] = NAMESPACE;
  try {
    await run(command, [...args, 'true'], { timeout: 5000 });
    return {
      prefix: NAMESPACE,
      processes: 'namespace',
      notEnforced: [everywhere],
    };
  } catch {
    return {
      prefix: [],
      processes: 'tracked',
      notEnforced: [
        everywhere,
        'This system gives users no namespace of process ids: a process that wipes its environment and leaves its parents behind within half a second is not found.',
      ],
    };
  }
}
