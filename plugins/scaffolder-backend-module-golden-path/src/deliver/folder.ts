import { InputError } from '@backstage/errors';
import { GoldenPathConfig } from '../config/GoldenPathConfig';
import { ListedFile } from '../files/listFiles';
import { GitRepository } from '../git/GitRepository';
import { namesRepository } from './namesRepository';

/** More are not of one service; whose folder it is, one of the first says. */
const MAX_FILES_READ = 50;

/**
 * Where a service is in the GitOps repository.
 *
 * @internal
 */
export function folderOf(service: string): string {
  return `apps/${service}`;
}

/**
 * A folder of a commit: mode and content id of its files, by their path.
 *
 * @internal
 */
export type FolderContent = Map<string, string>;

/** @internal */
export function isSameContent(one: FolderContent, other: FolderContent) {
  return (
    one.size === other.size &&
    [...one].every(([path, file]) => other.get(path) === file)
  );
}

/**
 * Commits a folder in place of what was there; without files, that it goes.
 *
 * @internal
 */
export async function commitFolder(options: {
  git: GitRepository;
  author: GoldenPathConfig['author'];
  parent: string;
  folder: string;
  files: ListedFile[];
  message: string;
}): Promise<string> {
  const { git, author, parent, folder, files, message } = options;
  return git.commit({
    author,
    date: new Date(),
    branch: 'next',
    parent,
    message,
    removed: [folder],
    files: files.map(file => ({
      ...file,
      content: { absolutePath: file.absolutePath },
    })),
  });
}

/**
 * Whether a folder is that of a service: one of its files names the service's
 * repository.
 *
 * @internal
 */
export async function isFolderOf(options: {
  git: GitRepository;
  commit: string;
  content: FolderContent;
  serviceUrl: string;
}): Promise<boolean> {
  const { git, commit, content, serviceUrl } = options;
  for (const path of [...content.keys()].slice(0, MAX_FILES_READ)) {
    if (namesRepository(await git.read(commit, path), serviceUrl)) {
      return true;
    }
  }
  return false;
}

/**
 * What is said where a folder is another's.
 *
 * @internal
 */
export function takenFolder(options: {
  service: string;
  /** Of the folder. */
  url: string;
}): InputError {
  return new InputError(
    `name: '${options.service}' is taken: Argo CD runs another service of that name from ${options.url}; choose another name, or remove that folder if nothing needs it any more`,
  );
}
