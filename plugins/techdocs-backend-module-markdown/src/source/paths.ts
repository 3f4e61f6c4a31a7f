import { posix } from 'node:path';

/**
 * Resolves a path against a folder, both relative to the repository and with
 * forward slashes. Undefined when it leads out of the repository; the top folder
 * is the empty string.
 *
 * @internal
 */
export function resolveInside(
  folder: string,
  path: string,
): string | undefined {
  const resolved = posix
    .normalize(posix.join('/', folder, '.'))
    .split('/')
    .filter(Boolean);
  for (const part of path.replace(/\\/g, '/').split('/')) {
    if (part === '..') {
      if (resolved.pop() === undefined) {
        return undefined;
      }
    } else if (part !== '' && part !== '.') {
      resolved.push(part);
    }
  }
  return resolved.join('/');
}

/** @internal */
export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

/** @internal */
export function isInside(folder: string, path: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/**
 * Whether a link names a host or a scheme, so that it is no path.
 *
 * @internal
 */
export function isAddress(link: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(link);
}

/** @internal */
export function isMarkdown(path: string): boolean {
  return /\.(?:md|markdown)$/i.test(path);
}

/**
 * The name of a file or folder as a title: `how-to_run.md` is "How to run".
 *
 * @internal
 */
export function titleOf(path: string): string {
  const words = posix
    .basename(path)
    .replace(/\.(?:md|markdown)$/i, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * The link from one page to another place of the site. Places end with a slash
 * when they are pages.
 *
 * @internal
 */
export function relativeUrl(from: string, to: string): string {
  const path = posix.relative(`/${from}`, `/${to}`);
  const slash = to === '' || to.endsWith('/') ? '/' : '';
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return path === '' ? './' : `${encoded}${slash}`;
}
