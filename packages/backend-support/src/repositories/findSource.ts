import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';

/**
 * Where the files of an entity are.
 *
 * @public
 */
export interface Source {
  /** The address of the repository's top folder, on its branch, ending with a slash. */
  root: string;
  /** Within it, without slashes around; empty is the top folder. */
  folder: string;
}

/** Gitea and Forgejo; `root` is everything up to the branch. */
const GITEA =
  /^(?<root>.*?\/src\/(?:branch|commit|tag)\/[^/]+)(?:\/(?<path>.*))?$/;

/**
 * Where the files of an entity are: what its source location says, or the folder
 * of the file that describes it.
 *
 * @throws InputError when it names no repository
 * @public
 */
export function findSource(
  entity: Entity,
  integrations: ScmIntegrations,
): Source {
  const { annotations = {} } = entity.metadata;
  const source = addressIn(annotations[ANNOTATION_SOURCE_LOCATION]);
  const location = addressIn(annotations[ANNOTATION_LOCATION]);
  const address = source ?? location?.replace(/[^/]*$/, '');
  if (address === undefined || !URL.canParse(address)) {
    throw new InputError(
      `Its annotation ${ANNOTATION_SOURCE_LOCATION} names no address of a repository`,
    );
  }
  const url = new URL(address);
  url.username = '';
  url.password = '';
  url.hash = '';
  return split(url, integrations);
}

function split(url: URL, integrations: ScmIntegrations): Source {
  if (integrations.byUrl(url)?.type === 'gitea') {
    const { root, path } = GITEA.exec(url.pathname)?.groups ?? {};
    if (root === undefined) {
      throw new InputError(
        `${url.href} names no branch, such as ${trimSlashes(
          url.href,
        )}/src/branch/main/`,
      );
    }
    return { root: `${url.origin}${root}/`, folder: decode(path ?? '') };
  }
  const root = new URL(integrations.resolveUrl({ url: '/', base: url.href }));
  // Some hosts have "tree" in the address of a folder, and "blob" in that of a file
  const depth = root.pathname.split('/').filter(Boolean).length;
  const parts = url.pathname.split('/').filter(Boolean);
  return { root: root.href, folder: decode(parts.slice(depth).join('/')) };
}

function addressIn(annotation: string | undefined): string | undefined {
  return annotation?.startsWith('url:') ? annotation.slice(4) : undefined;
}

function trimSlashes(text: string): string {
  return text.replace(/\/+$/, '');
}

function decode(path: string): string {
  const text = trimSlashes(path).replace(/^\/+/, '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
