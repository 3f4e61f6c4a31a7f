import { Delivery } from '../deliver/DeliveryStore';
import { RunRepository } from '../runs/RunStore';

/**
 * What a run created, as the routes tell it.
 *
 * @public
 */
export interface RunView {
  taskId: string;
  /** Status of the scaffolder task. */
  status: string;
  created: {
    /**
     * A repository of its own, or what brings it to Argo CD: a folder of the
     * GitOps repository, or a pull request for one.
     */
    kind: 'repository' | 'folder' | 'pull request';
    url: string;
    host: string;
    organization: string;
    name: string;
    state: 'created' | 'undone';
    /** False while it is open whether the host has it. */
    confirmed: boolean;
  }[];
  /** Changes that it proposed to repositories which were there already. */
  proposed: { url: string }[];
  undo: {
    possible: boolean;
    /** Why not, in words for the person who asks. */
    reason?: string;
  };
}

/** @internal */
export function describeRun(options: {
  task: { id: string; status: string };
  entries: RunRepository[];
  deliveries: Delivery[];
  proposed: string[];
  objection: string | undefined;
}): RunView {
  const { task, entries, deliveries, proposed, objection } = options;
  return {
    taskId: task.id,
    status: task.status,
    created: [
      ...entries.map(
        ({ url, host, organization, name, state }) =>
          ({
            kind: 'repository',
            url,
            host,
            organization,
            name,
            state:
              state === 'undone' || state === 'released' ? 'undone' : 'created',
            confirmed: state !== 'creating',
          } as const),
      ),
      ...deliveries
        // Before there is a commit, nothing can be there
        .filter(({ commit }) => commit !== undefined)
        .map(
          ({ url, host, organization, name, state, branch }) =>
            ({
              kind: branch ? 'pull request' : 'folder',
              url,
              host,
              organization,
              name,
              state: state === 'undone' ? 'undone' : 'created',
              confirmed: state !== 'delivering',
            } as const),
        ),
    ],
    proposed: proposed.map(url => ({ url })),
    undo:
      objection === undefined
        ? { possible: true }
        : { possible: false, reason: objection },
  };
}
