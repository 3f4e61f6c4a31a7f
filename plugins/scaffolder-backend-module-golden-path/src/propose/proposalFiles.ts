import { existsSync } from 'node:fs';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ListedFile, listFiles } from '../files/listFiles';
import { PROVENANCE_PATH } from '../publish/provenance';

const MAX_FILES = 100;

/**
 * The files of a proposed change: exactly those that were named.
 *
 * @throws InputError naming the input, when the folder holds anything else, or
 * a path has no place in a repository
 * @internal
 */
export async function proposalFiles(options: {
  workspacePath: string;
  folder: string;
  files: string[];
}): Promise<ListedFile[]> {
  const { workspacePath, folder, files } = options;
  if (files.length === 0 || files.length > MAX_FILES) {
    throw new InputError(`files: must name 1 to ${MAX_FILES} files`);
  }
  for (const path of files) {
    assertPath(path);
  }
  // Refuses a folder outside the workspace
  const directory = resolveSafeChildPath(workspacePath, folder);
  if (!existsSync(directory)) {
    throw new InputError(`folder: the workspace has no folder ${folder}`);
  }
  const listed = await listFiles({ directory, label: 'The folder' });
  const unnamed = listed.find(({ path }) => !files.includes(path));
  if (unnamed) {
    throw new InputError(
      `files: the folder holds ${unnamed.path}, which is not among the files named; nothing is proposed`,
    );
  }
  const missing = files.find(path => !listed.some(file => file.path === path));
  if (missing) {
    throw new InputError(`files: the folder holds no ${missing}`);
  }
  return listed;
}

function assertPath(path: string): void {
  const segments = path.split('/');
  const isProper =
    path.length <= 500 &&
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    !/[\u0000-\u001f\u007f\\]/.test(path) &&
    segments.every(
      segment =>
        segment !== '' &&
        segment !== '.' &&
        segment !== '..' &&
        // Also as file systems that ignore case or trailing dots read it
        !/^\.git[. ]*$/i.test(segment),
    );
  if (!isProper) {
    throw new InputError(
      `files: ${JSON.stringify(path)} is no path of a file within a repository`,
    );
  }
  if (path.toLowerCase() === PROVENANCE_PATH) {
    throw new InputError(
      `files: ${path} is written by golden-path:publish alone`,
    );
  }
}
