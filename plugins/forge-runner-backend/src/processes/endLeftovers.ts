import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessTable } from './ProcessTable';

/** How often is looked whether all have gone. */
const ROUNDS = 200;

/**
 * Ends what an earlier portal on the same folder left behind, should its watchdog
 * have been ended too.
 *
 * @returns how many there were
 * @internal
 */
export async function endLeftovers(options: {
  owner: string;
  table: ProcessTable;
}): Promise<number> {
  const { owner, table } = options;
  const seen = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const entries = await table.list();
    const marks = await Promise.all(
      entries.map(({ pid }) => table.markOf(pid)),
    );
    const left = entries.filter((_, index) =>
      marks[index]?.startsWith(`${owner}.`),
    );
    if (left.length === 0) {
      break;
    }
    for (const { pid, group } of left) {
      seen.add(pid);
      for (const target of group === pid ? [-group, pid] : [pid]) {
        try {
          process.kill(target, 'SIGKILL');
        } catch {
          // Gone by now
        }
      }
    }
    await sleep(25);
  }
  return seen.size;
}
