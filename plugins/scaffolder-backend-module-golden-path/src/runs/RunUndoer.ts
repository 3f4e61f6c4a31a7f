import { ConflictError } from '@backstage/errors';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { Delivery, DeliveryStore } from '../deliver/DeliveryStore';
import { DeliveryUndoer } from '../deliver/DeliveryUndoer';
import { GitRepository } from '../git/GitRepository';
import { HostedRepository, RepositoryHost } from '../hosts/RepositoryHost';
import { isOwnCreation, mayStillAppear } from '../publish/claimRepository';
import { TEMPLATE_BRANCH } from '../publish/provenance';
import { withTemporary } from '../temporary/withTemporary';
import { RunRepository, RunRepositoryState, RunStore } from './RunStore';

/** The states of an entry that has something to undo. */
const UNDOABLE = ['creating', 'created', 'published', 'undoing'];

/**
 * Deletes what a run created, and nothing else: a repository that holds
 * anything beyond what the run pushed stays. What it delivered goes first, or
 * Argo CD would be left with a service that has no repository.
 *
 * @internal
 */
export class RunUndoer {
  constructor(
    private readonly options: {
      store: RunStore;
      deliveries: DeliveryStore;
      deliveryUndoer: DeliveryUndoer;
      getHost: () => RepositoryHost;
      scmEvents: CatalogScmEventsService;
    },
  ) {}

  /**
   * @param options - `delivered` is what the run brought to the GitOps repository,
   * `proposed` the addresses of changes that it proposed
   * @returns why an undo of these entries would be refused; undefined when it
   * would not
   */
  async objection(
    entries: RunRepository[],
    options: { delivered: Delivery[]; proposed: string[] },
  ): Promise<string | undefined> {
    const left = entries.filter(isUndoable);
    const leftDelivered = options.delivered.filter(isLeft);
    if (entries.length === 0 && options.delivered.length === 0) {
      return options.proposed.length === 0
        ? 'the run created nothing'
        : 'the run only proposed a change; close it where it is';
    }
    if (left.length === 0 && leftDelivered.length === 0) {
      return 'everything the run created was undone already';
    }
    return this.findObjection(left, leftDelivered);
  }

  /**
   * Undoes a run. A repeat ends the same way; of two at the same moment, one is
   * asked to try again.
   *
   * @param options - `isOver` tells whether the run still stands still; it is
   * asked again once a retry can no longer go on unnoticed
   * @throws ConflictError when a repository holds other work, or the run goes on
   */
  async undo(options: {
    taskId: string;
    isOver: () => Promise<boolean>;
  }): Promise<RunRepository[]> {
    const { taskId, isOver } = options;
    const { store, deliveries, deliveryUndoer } = this.options;
    const left = (await store.list({ taskId })).filter(isUndoable);
    const leftDelivered = (await deliveries.list({ taskId })).filter(isLeft);
    // All of it or nothing
    const objection = await this.findObjection(left, leftDelivered);
    if (objection) {
      // Also of an undo that has broken off; the run may be retried again
      for (const delivery of leftDelivered) {
        await deliveryUndoer.giveUp(delivery);
      }
      for (const entry of left.filter(({ state }) => state === 'undoing')) {
        await store.update(entry, { state: stateBefore(entry) });
      }
      throw new ConflictError(objection);
    }
    for (const delivery of leftDelivered) {
      await deliveryUndoer.undo(delivery, isOver);
    }
    for (const entry of left) {
      await this.undoOne(entry, isOver);
    }
    return store.list({ taskId });
  }

  private async findObjection(
    entries: RunRepository[],
    delivered: Delivery[],
  ): Promise<string | undefined> {
    for (const delivery of delivered) {
      const objection = await this.options.deliveryUndoer.objection(delivery);
      if (objection) {
        return objection;
      }
    }
    for (const entry of entries) {
      const { objection } = await this.inspect(entry);
      if (objection) {
        return objection;
      }
    }
    return undefined;
  }

  private async undoOne(
    entry: RunRepository,
    isOver: () => Promise<boolean>,
  ): Promise<void> {
    const { store, scmEvents } = this.options;
    // From here on a step of the same run stops at this entry, and a retry does not
    // skip what made it
    const undoing = await store.beginUndo(entry);
    const refuse = async (why: string) => {
      await store.update(undoing, { state: stateBefore(entry) });
      throw new ConflictError(why);
    };
    if (!(await isOver())) {
      return refuse('The run goes on; wait until it has ended');
    }
    // Since it was asked for, which took a while where there was more to undo
    const { existing, objection } = await this.inspect(entry);
    if (objection) {
      return refuse(objection);
    }

    if (existing) {
      await this.hostOf(entry).deleteRepository({ address: entry });
    }
    await store.finishUndo(undoing);
    if (existing) {
      await scmEvents.publish([{ type: 'repository.deleted', url: entry.url }]);
    }
    return undefined;
  }

  /** Looks at the repository as it is now. */
  private async inspect(
    entry: RunRepository,
  ): Promise<{ existing?: HostedRepository; objection?: string }> {
    const host = this.hostOf(entry);
    const existing = await host.getRepository({ address: entry });
    if (!existing && mayStillAppear(entry)) {
      // Undone now, it would belong to nobody once it is there
      return {
        objection: `${entry.host} was asked for ${entry.url} a moment ago and may still make it; try again in two minutes`,
      };
    }
    if (!existing && entry.intendedAt !== undefined) {
      const doubt = await host.doubtAbsence?.({ address: entry });
      if (doubt !== undefined) {
        return {
          objection: `${entry.host} does not show ${entry.url}, which need not mean that it is gone: ${doubt}. Give the credentials of the portal access to it and try again, or delete it there`,
        };
      }
    }
    const isOwn =
      existing &&
      (entry.repositoryId === undefined
        ? isOwnCreation(entry, existing)
        : entry.repositoryId === existing.id);
    if (!existing || !isOwn) {
      // Gone, or somebody else's by now: either way nothing of ours is left
      return {};
    }
    if (!isSameUrl(existing.url, entry.url)) {
      return {
        existing,
        objection: `${entry.url} is ${existing.url} by now; delete it there if it is not needed`,
      };
    }
    // Not by the host's word that it is empty, which may be older than a push
    let refs: Map<string, string>;
    try {
      refs = await this.listRefs(host, entry);
    } catch (error) {
      if (await host.getRepository({ address: entry })) {
        throw error;
      }
      // Another undo at the same moment was faster
      return {};
    }
    const ours = new Map([
      [`refs/heads/${TEMPLATE_BRANCH}`, entry.templateCommit],
      [`refs/heads/${entry.defaultBranch}`, entry.commit],
    ]);
    for (const [ref, commit] of refs) {
      if (ours.get(ref) !== commit) {
        return {
          existing,
          objection: `${entry.url} holds other work by now (${ref}); delete it on ${entry.host} if it is not needed`,
        };
      }
    }
    return { existing };
  }

  private async listRefs(
    host: RepositoryHost,
    entry: RunRepository,
  ): Promise<Map<string, string>> {
    return withTemporary('undo', async directory => {
      const git = await GitRepository.create({ directory });
      return await git.listRemoteRefs(await host.gitRemote(entry));
    });
  }

  private hostOf(entry: RunRepository): RepositoryHost {
    const host = this.options.getHost();
    if (host.host !== entry.host) {
      throw new ConflictError(
        `${entry.url} was created on ${entry.host}, and golden paths publish to ${host.host} by now; delete it there`,
      );
    }
    return host;
  }
}

function isUndoable({ state }: RunRepository): boolean {
  return UNDOABLE.includes(state);
}

/** Of an undo that has broken off: what a step of the run looks at again anyway. */
function stateBefore(entry: RunRepository): RunRepositoryState {
  if (entry.state !== 'undoing') {
    return entry.state;
  }
  if (entry.repositoryId === undefined) {
    return 'creating';
  }
  return entry.commit === undefined ? 'created' : 'published';
}

function isLeft(delivery: Delivery): boolean {
  return delivery.state !== 'undone';
}

/** Names of repositories keep their case, and are looked up without it. */
function isSameUrl(one: string, other: string): boolean {
  return one.toLocaleLowerCase('en-US') === other.toLocaleLowerCase('en-US');
}
