import { join } from 'node:path';
import { GitRepository } from '../git/GitRepository';
import { changesSince, DeliveryContext } from './DeliveryContext';
import { folderOf } from './folder';

/**
 * Whether a commit of a delivery is in the history of the default branch. Asks for
 * the whole history, which is seldom needed.
 *
 * @internal
 */
export async function hasArrived(
  context: DeliveryContext,
  commit: string,
): Promise<boolean> {
  const { host, entry, directory, signal } = context;
  const git = await GitRepository.create({
    directory: join(directory, 'history.git'),
    signal,
  });
  const head = await git.fetch({
    remote: await host.gitRemote(entry),
    branch: entry.base,
  });
  const folder = folderOf(entry.service);
  return (await changesSince({ git, head, folder, commit })) !== undefined;
}
