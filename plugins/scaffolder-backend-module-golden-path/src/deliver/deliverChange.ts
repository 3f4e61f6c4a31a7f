import { ConflictError } from '@backstage/errors';
import { attempt, RaceError } from './attempt';
import {
  DeliveryContext,
  deliveryMessage,
  isDeliveryCommit,
} from './DeliveryContext';
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
 * Asks with a pull request for the folder of a service in the GitOps repository.
 * One that is open for the same service is brought up to date.
 *
 * @throws InputError naming the field, when the folder is another service's
 * @throws ConflictError when somebody else has worked on its branch
 * @internal
 */
export async function deliverChange(
  context: DeliveryContext & { branch: string },
): Promise<{ entry: Delivery; commit: string }> {
  const { host, deliveries, folderUrl, git, logger, signal, branch } = context;
  const { service, serviceUrl, base } = context.entry;
  const folder = folderOf(service);
  const remote = () => host.gitRemote(context.entry);
  let { entry } = context;

  async function assertOwn(commit: string) {
    const content = await git.files(commit, [folder]);
    if (
      content.size > 0 &&
      !(await isFolderOf({ git, commit, content, serviceUrl }))
    ) {
      throw takenFolder({ service, url: folderUrl });
    }
  }

  async function work() {
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
    const wanted = await git.files(commit, [folder]);
    const merged = await git.files(head, [folder]);
    if (isSameContent(merged, wanted)) {
      logger.info(`${folderUrl} holds it already`);
      return done(folderUrl, entry.commit ?? head);
    }
    await assertOwn(head);
    // Merging may have made another commit of it
    const isMerged =
      merged.size > 0 &&
      (entry.state === 'delivered' ||
        (entry.commit !== undefined &&
          (await hasArrived(context, entry.commit))));
    if (isMerged) {
      logger.info(`${folderUrl} was changed since by others, and stays so`);
      return done(entry.url, entry.commit ?? head);
    }

    const refs = await git.listRemoteRefs(await remote());
    const there = refs.get(`refs/heads/${branch}`);
    if (there) {
      await git.fetch({ remote: await remote(), branch, depth: 1 });
      await assertOwn(there);
    }
    const isThere =
      there && isSameContent(await git.files(there, [folder]), wanted);
    if (there && !isThere && !(await isDeliveryCommit(context, there))) {
      throw new ConflictError(
        `${host.repositoryUrl(
          entry,
        )} has a branch ${branch} on which others have worked; merge it or delete it there, then retry`,
      );
    }
    const next = isThere ? there : commit;
    if (entry.commit !== next) {
      // Written down first: whoever finds the commit later knows whose it is
      entry = await deliveries.update(entry, { commit: next });
    }
    if (!isThere) {
      await push({ from: there, to: commit });
    }
    const change = await host.openChange({
      address: entry,
      branch,
      base,
      title: `Deliver ${service}`,
      description: `Brings [${service}](${serviceUrl}) to Argo CD, with the folder \`${folder}\`. Once this is merged, the application of staging comes into being; that of production waits for somebody to synchronize it.`,
      signal,
    });
    logger.info(`${change.url} has to be merged before Argo CD sees it`);
    return done(change.url, next);
  }

  async function push(move: { from: string | undefined; to: string }) {
    try {
      await git.moveBranch({ remote: await remote(), branch, ...move });
    } catch (error) {
      const refs = await git
        .listRemoteRefs(await remote())
        .catch(() => undefined);
      if (!refs || refs.get(`refs/heads/${branch}`) === move.from) {
        throw error;
      }
      // Somebody was faster. Or it has arrived, and only the answer was lost:
      // the next look tells
      throw new RaceError(`${branch} has moved`);
    }
  }

  async function done(url: string, commit: string) {
    return {
      entry:
        entry.state === 'delivered'
          ? entry
          : await deliveries.update(entry, { state: 'delivered', url }),
      commit,
    };
  }

  return attempt({ what: host.repositoryUrl(entry), signal, work });
}
