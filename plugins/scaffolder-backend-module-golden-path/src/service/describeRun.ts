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
    kind: 'repository';
    url: string;
    host: string;
    organization: string;
    name: string;
    state: 'created' | 'undone';
    /** False while it is open whether the host created it. */
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
  proposed: string[];
  objection: string | undefined;
}): RunView {
  const { task, entries, proposed, objection } = options;
  return {
    taskId: task.id,
    status: task.status,
    created: entries.map(({ url, host, organization, name, state }) => ({
      kind: 'repository',
      url,
      host,
      organization,
      name,
      state: state === 'undone' || state === 'released' ? 'undone' : 'created',
      confirmed: state !== 'creating',
    })),
    proposed: proposed.map(url => ({ url })),
    undo:
      objection === undefined
        ? { possible: true }
        : { possible: false, reason: objection },
  };
}
