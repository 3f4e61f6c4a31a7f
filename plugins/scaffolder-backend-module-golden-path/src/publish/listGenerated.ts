import { InputError } from '@backstage/errors';
import { ListedFile, listFiles } from '../files/listFiles';
import { PROVENANCE_PATH } from './provenance';

/**
 * The files that a template made.
 *
 * @throws InputError when there are none, or one is not for a template to make
 * @internal
 */
export async function listGenerated(
  workspacePath: string,
): Promise<ListedFile[]> {
  const files = await listFiles({
    directory: workspacePath,
    label: 'The workspace',
  });
  if (files.length === 0) {
    throw new InputError(
      'The workspace is empty; golden-path:render has to come first',
    );
  }
  const reserved = files.find(
    ({ path }) => path.toLowerCase() === PROVENANCE_PATH,
  );
  if (reserved) {
    throw new InputError(
      `The template brings ${reserved.path}, which is written by golden-path:publish`,
    );
  }
  return files;
}
