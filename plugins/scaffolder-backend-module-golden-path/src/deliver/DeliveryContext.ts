import { LoggerService } from '@backstage/backend-plugin-api';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { ListedFile } from '../files/listFiles';
import { GitRepository } from '../git/GitRepository';
import { RepositoryHost } from '../hosts/RepositoryHost';
import { Delivery, DeliveryStore } from './DeliveryStore';

/**
 * One delivery under way.
 *
 * @internal
 */
export interface DeliveryContext {
  host: RepositoryHost;
  deliveries: DeliveryStore;
  entry: Delivery;
  author: GoldenPathConfig['author'];
  /** The folder of the service, with the paths of the GitOps repository. */
  files: ListedFile[];
  /** Address of the folder's page. */
  folderUrl: string;
  /** Lent for the work. */
  directory: string;
  git: GitRepository;
  logger: LoggerService;
  signal?: AbortSignal;
}

/**
 * What a commit of a delivery says.
 *
 * @internal
 */
export function deliveryMessage(entry: Delivery): string {
  return `Deliver ${entry.service}\n\n${entry.serviceUrl}\n\nWaymark-Run: ${entry.taskId}\n`;
}

/**
 * Whether a commit was made by a delivery, of whatever run, and by nobody after it.
 *
 * @internal
 */
export async function isDeliveryCommit(
  context: Pick<DeliveryContext, 'git' | 'author'>,
  commit: string,
): Promise<boolean> {
  const { git, author } = context;
  const { committer, message } = await git.describe(commit);
  return committer === author.email && /^Waymark-Run: \S+$/m.test(message);
}

/**
 * Whether a commit is in the history of a branch, as something that changed the
 * folder of its service, and how many came after it.
 *
 * @returns undefined when it never arrived
 * @internal
 */
export async function changesSince(options: {
  /** All of the branch is in it. */
  git: GitRepository;
  head: string;
  folder: string;
  commit: string;
}): Promise<number | undefined> {
  const { git, head, folder, commit } = options;
  const index = (await git.commitsTouching(head, folder)).indexOf(commit);
  return index < 0 ? undefined : index;
}
