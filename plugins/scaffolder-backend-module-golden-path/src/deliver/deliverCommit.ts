import { attempt, RaceError } from './attempt';
import { DeliveryContext, deliveryMessage } from './DeliveryContext';
import { Delivery } from './DeliveryStore';
import {
  commitFolder,
  folderOf,
  isFolderOf,
  isSameContent,
  takenFolder,
} from './folder';
import { hasArrived } from './hasArrived';

/**
 * Commits the folder of a service to the default branch of the GitOps repository,
 * on top of whatever others commit at the same moment.
 *
 * @throws InputError naming the field, when the folder is another service's
 * @internal
 */
export async function deliverCommit(
  context: DeliveryContext,
): Promise<{ entry: Delivery; commit: string }> {
  const { host, deliveries, files, folderUrl, git, logger, signal } = context;
  const { service, serviceUrl, base } = context.entry;
  const folder = folderOf(service);
  let { entry } = context;

  async function work() {
    const remote = () => host.gitRemote(entry);
    const head = await git.fetch({
      remote: await remote(),
      branch: base,
      depth: 1,
    });
    const commit = await commitFolder({
      ...context,
      parent: head,
      folder,
      message: deliveryMessage(entry),
    });
    const there = await git.files(head, [folder]);
    if (isSameContent(there, await git.files(commit, [folder]))) {
      logger.info(`${folderUrl} holds it already`);
      return done(entry.commit ?? head);
    }
    if (there.size > 0) {
      const isOwn = await isFolderOf({
        git,
        commit: head,
        content: there,
        serviceUrl,
      });
      if (!isOwn) {
        throw takenFolder({ service, url: folderUrl });
      }
      if (entry.commit && (await hasArrived(context, entry.commit))) {
        logger.info(`${folderUrl} was changed since by others, and stays so`);
        return done(entry.commit);
      }
    }

    // Written down first: whoever finds the commit later knows whose it is
    entry = await deliveries.update(entry, { commit });
    logger.info(`Committing ${files.length} files to ${folderUrl}`);
    try {
      await git.moveBranch({
        remote: await remote(),
        branch: base,
        from: head,
        to: commit,
      });
    } catch (error) {
      const refs = await git
        .listRemoteRefs(await remote())
        .catch(() => undefined);
      const now = refs?.get(`refs/heads/${base}`);
      if (now === undefined || now === head) {
        throw error;
      }
      // Somebody was faster. Or it has arrived, and only the answer was lost:
      // the next look tells
      throw new RaceError(`${base} has moved`);
    }
    return done(commit);
  }

  async function done(commit: string) {
    return {
      entry:
        entry.state === 'delivered'
          ? entry
          : await deliveries.update(entry, {
              state: 'delivered',
              url: folderUrl,
            }),
      commit,
    };
  }

  return attempt({ what: host.repositoryUrl(entry), signal, work });
}
