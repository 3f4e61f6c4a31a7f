import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { safeUrl } from '@waymark/ui';

/** Where the code of an entity is. */
export interface Source {
  /** The page to look at it: the folder of the entity. */
  url: string;
  /** Host name, with a port where there is one. */
  host: string;
  /** What to clone; undefined where the address does not tell. */
  clone?: {
    repositoryUrl: string;
    cloneUrl: string;
    /** The folder that the clone makes. */
    name: string;
    /** The folder of the entity below that; empty at the top. */
    folder: string;
  };
}

/**
 * What stands between the address of a repository and a path in it, on GitLab,
 * Gitea and Forgejo, GitHub, and Bitbucket; the branch belongs to it.
 */
const SEPARATORS = [
  /\/-\/(?:tree|blob|raw)\/[^/]+/,
  /\/src\/(?:branch|commit|tag)\/[^/]+/,
  /\/(?:tree|blob)\/[^/]+/,
  /\/src\/[^/]+/,
];

/** Where the code is, by `backstage.io/source-location`. */
export function readSource(entity: Entity): Source | undefined {
  const location = entity.metadata.annotations?.[ANNOTATION_SOURCE_LOCATION];
  const target = location?.startsWith('url:')
    ? safeUrl(location.slice('url:'.length).trim())
    : undefined;
  if (!target || !/^https?:/.test(target)) {
    return undefined;
  }
  const url = new URL(target);
  return { url: target, host: url.host, clone: readClone(url) };
}

function readClone(url: URL): Source['clone'] {
  for (const separator of SEPARATORS) {
    const found = url.pathname.match(separator);
    const path = url.pathname.slice(0, found?.index);
    const parts = path.split('/').filter(Boolean);
    // A repository belongs to somebody
    if (found?.index === undefined || parts.length < 2) {
      continue;
    }
    const repositoryUrl = `${url.origin}${path}`;
    return {
      repositoryUrl,
      cloneUrl: `${repositoryUrl}.git`,
      name: parts[parts.length - 1],
      folder: url.pathname
        .slice(found.index + found[0].length)
        .replace(/^\/+|\/+$/g, ''),
    };
  }
  return undefined;
}
