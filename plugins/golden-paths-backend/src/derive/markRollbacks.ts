import { Deployment } from './Deployment';

/**
 * Finds rollbacks among what was observed in one environment, and what each of them
 * took back: what ran there until then. A rollback is
 *
 * - what its observer calls one, and
 * - in production, a deployment of an artifact that ran there before the present one,
 *   whatever it is called: few observers can tell. What was taken back once and comes
 *   again is a new deployment. Elsewhere people try one version after the other.
 *
 * After a removal the environment begins anew.
 *
 * @param deployments - the earliest first
 * @internal
 */
export function markRollbacks(deployments: Deployment[]): void {
  /** What ran there, one on top of the other; a rollback takes off what is above. */
  let stack: string[] = [];
  let places = new Map<string, number>();
  let running: Deployment | undefined;

  const takeOff = (height: number) => {
    for (const artifact of stack.splice(height)) {
      places.delete(artifact);
    }
  };

  for (const deployment of deployments) {
    const { row } = deployment;
    if (row.kind === 'removed') {
      stack = [];
      places = new Map();
      running = undefined;
      continue;
    }

    const artifact = row.artifact ?? row.revision ?? row.eventSequence;
    const place = places.get(artifact);
    const isOlder =
      row.tier === 'production' &&
      place !== undefined &&
      place < stack.length - 1;
    if (isOlder || row.kind === 'rolledback') {
      row.kind = 'rolledback';
      deployment.tookBack = running;
      takeOff(isOlder ? place + 1 : stack.length - 1);
    }
    if (!places.has(artifact)) {
      places.set(artifact, stack.push(artifact) - 1);
    }
    running = deployment;
  }
}
