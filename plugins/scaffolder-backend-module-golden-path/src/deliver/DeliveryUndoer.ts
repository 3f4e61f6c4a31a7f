import { ConflictError } from '@backstage/errors';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { GitRepository } from '../git/GitRepository';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { withTemporary } from '../temporary/withTemporary';
import { attempt, RaceError } from './attempt';
import { changesSince } from './DeliveryContext';
import { Delivery, DeliveryState, DeliveryStore } from './DeliveryStore';
import { commitFolder, folderOf, isFolderOf } from './folder';

/** What stands where a run left something. */
interface Findings {
  /** Why it has to stay. */
  objection?: string;
  /** Takes it away; absent when nothing of the run's is there. */
  remove?: () => Promise<void>;
}

/**
 * Takes back what a run brought to the GitOps repository, and nothing else: a
 * folder or a branch on which others have worked stays.
 *
 * @internal
 */
export class DeliveryUndoer {
  constructor(
    private readonly options: {
      deliveries: DeliveryStore;
      getHost: () => RepositoryHost;
      author: GoldenPathConfig['author'];
    },
  ) {}

  /** Why it could not be taken back; undefined when it could. */
  async objection(entry: Delivery): Promise<string | undefined> {
    return this.withGit(
      async git => (await this.inspect(entry, git)).objection,
    );
  }

  /** Lets the run go on with what an undo that has broken off did not take back. */
  async giveUp(entry: Delivery): Promise<void> {
    if (entry.state === 'undoing') {
      await this.options.deliveries.update(entry, {
        state: stateBefore(entry, this.options.getHost()),
      });
    }
  }

  /**
   * @param isOver - asked once a retry can no longer go on unnoticed
   * @throws ConflictError when others have worked on it, or the run goes on
   */
  async undo(entry: Delivery, isOver: () => Promise<boolean>): Promise<void> {
    const { deliveries } = this.options;
    const host = this.hostOf(entry);
    const before = { state: stateBefore(entry, host) };
    // From here on a step of the same run stops at this entry
    const undoing = await deliveries.beginUndo(entry);
    if (!(await isOver())) {
      await deliveries.update(undoing, before);
      throw new ConflictError('The run goes on; wait until it has ended');
    }
    await this.withGit(git =>
      attempt({
        what: host.repositoryUrl(entry),
        work: async () => {
          const { objection, remove } = await this.inspect(entry, git);
          if (objection) {
            // Since it was asked for; the run may still be retried
            await deliveries.update(undoing, before);
            throw new ConflictError(objection);
          }
          await remove?.();
        },
      }),
    );
    await deliveries.finishUndo(undoing);
  }

  private async inspect(
    entry: Delivery,
    git: GitRepository,
  ): Promise<Findings> {
    const host = this.hostOf(entry);
    const { commit } = entry;
    if (!commit) {
      return {};
    }
    if (!(await host.getRepository({ address: entry }))) {
      const doubt = await host.doubtAbsence?.({ address: entry });
      return doubt === undefined
        ? {}
        : {
            objection: `${host.host} does not show ${host.repositoryUrl(
              entry,
            )}, which need not mean that it is gone: ${doubt}. Give the credentials of the portal access to it and try again`,
          };
    }
    const head = await git.fetch({
      remote: await host.gitRemote(entry),
      branch: entry.base,
    });
    return entry.branch
      ? this.inspectChange(
          { ...entry, branch: entry.branch, commit },
          git,
          head,
        )
      : this.inspectCommit({ ...entry, commit }, git, head);
  }

  private async inspectCommit(
    entry: Delivery & { commit: string },
    git: GitRepository,
    head: string,
  ): Promise<Findings> {
    const folder = folderOf(entry.service);
    const content = await git.files(head, [folder]);
    const later = await changesSince({
      git,
      head,
      folder,
      commit: entry.commit,
    });
    if (content.size === 0) {
      return {};
    }
    if (later === undefined) {
      const { serviceUrl } = entry;
      const isLeft =
        entry.state !== 'delivering' &&
        (await isFolderOf({ git, commit: head, content, serviceUrl }));
      return isLeft
        ? {
            objection: `the history of ${entry.base} was rewritten, and does not tell whether ${entry.url} was changed by others since; remove the folder there if it is not needed`,
          }
        : {};
    }
    if (later > 0) {
      return {
        objection: `${entry.url} was changed by others since; remove the folder there if it is not needed`,
      };
    }
    return {
      remove: async () => {
        const commit = await commitFolder({
          git,
          author: this.options.author,
          parent: head,
          folder,
          files: [],
          message: `Take ${entry.service} back\n\nThe run that brought it was undone.\n\nWaymark-Run: ${entry.taskId}\n`,
        });
        await this.move(git, entry, {
          branch: entry.base,
          from: head,
          to: commit,
        });
      },
    };
  }

  private async inspectChange(
    entry: Delivery & { branch: string; commit: string },
    git: GitRepository,
    head: string,
  ): Promise<Findings> {
    const host = this.hostOf(entry);
    const { branch, base } = entry;
    if ((await git.files(head, [folderOf(entry.service)])).size > 0) {
      return {
        objection: `${entry.url} was merged: Argo CD may run ${
          entry.service
        } already. Remove the folder ${folderOf(
          entry.service,
        )} from ${host.repositoryUrl(entry)} first`,
      };
    }
    const refs = await git.listRemoteRefs(await host.gitRemote(entry));
    const there = refs.get(`refs/heads/${branch}`);
    if (!there) {
      return {};
    }
    if (there !== entry.commit) {
      return {
        objection: `others have worked on ${entry.url} since; close it there if it is not needed`,
      };
    }
    return {
      remove: async () => {
        await host.closeChange?.({ address: entry, branch, base });
        await this.move(git, entry, { branch, from: there, to: undefined });
      },
    };
  }

  private async move(
    git: GitRepository,
    entry: Delivery,
    move: { branch: string; from: string; to: string | undefined },
  ): Promise<void> {
    const host = this.hostOf(entry);
    try {
      await git.moveBranch({ remote: await host.gitRemote(entry), ...move });
    } catch (error) {
      const refs = await git.listRemoteRefs(await host.gitRemote(entry));
      if (refs.get(`refs/heads/${move.branch}`) === move.from) {
        throw error;
      }
      throw new RaceError(`${move.branch} has moved`);
    }
  }

  private async withGit<T>(
    work: (git: GitRepository) => Promise<T>,
  ): Promise<T> {
    return withTemporary('undo', async directory =>
      work(await GitRepository.create({ directory })),
    );
  }

  private hostOf(entry: Delivery): RepositoryHost {
    const host = this.options.getHost();
    if (host.host !== entry.host) {
      throw new ConflictError(
        `${entry.url} is on ${entry.host}, and golden paths publish to ${host.host} by now; remove it there`,
      );
    }
    return host;
  }
}

/** Of an undo that has broken off: the address tells whether it was proposed. */
function stateBefore(entry: Delivery, host: RepositoryHost): DeliveryState {
  if (entry.state !== 'undoing') {
    return entry.state;
  }
  const folderUrl = host.contentsUrl({
    address: entry,
    branch: entry.base,
    path: folderOf(entry.service),
  });
  // A commit is looked for again in any case
  return entry.branch && entry.url !== folderUrl ? 'delivered' : 'delivering';
}
