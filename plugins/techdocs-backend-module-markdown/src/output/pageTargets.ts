import { posix } from 'node:path';
import { LinkTargets } from '../article/sanitize';
import {
  folderOf,
  isAddress,
  relativeUrl,
  resolveInside,
} from '../source/paths';
import { RepositoryLinks } from '../source/repositoryLinks';
import { SitePage } from '../source/Site';
import { isPicture, SiteFiles } from './SiteFiles';

interface Reference {
  /** Relative to the repository; undefined when it leads out of it. */
  path?: string;
  /** The anchor, with its #, or nothing. */
  hash: string;
}

function readReference(folder: string, docsDir: string, link: string) {
  const [, address = '', hash = ''] =
    link.match(/^([^?#]*)(?:\?[^#]*)?(#.*)?$/s) ?? [];
  let decoded = address;
  try {
    decoded = decodeURIComponent(address);
  } catch {
    // A lone % stands for itself
  }
  // From the top of the repository as on its host, or from that of the site
  const bases = address.startsWith('/') ? ['', docsDir] : [folder];
  return bases.map(
    (base): Reference => ({ path: resolveInside(base, decoded), hash }),
  );
}

/**
 * Where the links and pictures of one page lead: to other pages of the site, to
 * files that are published with it, or to the repository's host.
 *
 * @internal
 */
export function pageTargets(options: {
  docsDir: string;
  files: SiteFiles;
  page: SitePage;
  /** Pages by their files. */
  pages: Map<string, SitePage>;
  repositoryLinks: RepositoryLinks;
}): LinkTargets {
  const { docsDir, files, page, pages, repositoryLinks } = options;
  const name = page.source ?? 'the list of pages';
  const folder = page.source === undefined ? docsDir : folderOf(page.source);

  const findPage = (path: string): SitePage | undefined =>
    // The last two are for links to the address instead of the file
    ['', '/index.md', '/README.md', '.md']
      .map(ending => pages.get(`${path}${ending}`.replace(/^\//, '')))
      .find(found => found !== undefined);

  return {
    link(href): Record<string, string> {
      if (href.startsWith('#')) {
        return { href };
      }
      if (isAddress(href)) {
        return { href, rel: 'noopener noreferrer' };
      }
      const references = readReference(folder, docsDir, href);
      for (const { hash, path } of references) {
        const target = path === undefined ? undefined : findPage(path);
        if (target) {
          return { href: relativeUrl(page.path, target.path) + hash };
        }
      }
      for (const { hash, path } of references) {
        const file = path === undefined ? undefined : files.find(path);
        const place = file && files.add(file);
        if (place !== undefined) {
          return {
            href: relativeUrl(page.path, place),
            download: posix.basename(place),
          };
        }
        const address = file && repositoryLinks.view(file.path);
        if (address !== undefined) {
          return { href: address + hash, rel: 'noopener noreferrer' };
        }
      }
      files.warn(`${name}: the link to ${href} leads nowhere`);
      return {};
    },

    image(source) {
      if (isAddress(source)) {
        return source;
      }
      for (const { hash, path } of readReference(folder, docsDir, source)) {
        const file =
          path !== undefined && isPicture(path) ? files.find(path) : undefined;
        const place = file && files.add(file);
        if (place !== undefined) {
          return relativeUrl(page.path, place) + hash;
        }
      }
      files.warn(`${name}: the picture ${source} cannot be shown`);
      return undefined;
    },
  };
}
