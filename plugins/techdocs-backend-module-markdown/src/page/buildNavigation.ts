import { isAddress, resolveInside, titleOf } from '../source/paths';
import { NavEntry } from '../source/readMkdocsYaml';
import { Site, SitePage } from '../source/Site';
import { NavItem } from './NavItem';

/** Folders as sections, pages by their address, the first page of each first. */
function byFolder(
  pages: SitePage[],
  folder: string,
  titles: Map<SitePage, string>,
): NavItem[] {
  const items: NavItem[] = [];
  const sections = new Map<string, SitePage[]>();
  for (const page of pages) {
    const [name, ...rest] = page.path.slice(folder.length).split('/');
    const isNested = rest.length > 1;
    const section = sections.get(name);
    if (section) {
      section.push(page);
    } else if (isNested) {
      sections.set(name, [page]);
    } else {
      // A page beside a folder of its name is the first of that section
      const below = pages.filter(
        other => other !== page && other.path.startsWith(page.path),
      );
      if (name !== '' && below.length > 0) {
        sections.set(name, [page]);
      } else {
        const title = titles.get(page) ?? titleOf(name);
        items.push({ kind: 'page', title, page });
      }
    }
  }
  for (const [name, inside] of sections) {
    items.push({
      kind: 'section',
      title: titleOf(name),
      items: byFolder(inside, `${folder}${name}/`, titles),
    });
  }
  return items;
}

/**
 * The navigation of a site, as mkdocs.yml has it or by the folders. An entry
 * without a page is left out.
 *
 * @internal
 */
export function buildNavigation(options: {
  /** Told what is left out. */
  onMissing: (message: string) => void;
  site: Site;
  titles: Map<SitePage, string>;
}): NavItem[] {
  const { onMissing, site, titles } = options;
  if (!site.nav) {
    return byFolder(site.pages, '', titles);
  }
  const bySource = new Map(site.pages.map(page => [page.source, page]));

  const read = (entries: NavEntry[]): NavItem[] =>
    entries.flatMap((entry): NavItem[] => {
      const { title, value } =
        typeof entry === 'string' ? { title: undefined, value: entry } : entry;
      if (typeof value !== 'string') {
        const items = read(value);
        return items.length > 0
          ? [{ kind: 'section', title: title ?? '', items }]
          : [];
      }
      if (/^(?:https?|mailto):/i.test(value)) {
        return [{ kind: 'link', title: title ?? value, href: value }];
      }
      const source = isAddress(value)
        ? undefined
        : resolveInside(site.docsDir, value);
      const page = source === undefined ? undefined : bySource.get(source);
      if (!page) {
        onMissing(`mkdocs.yml: nav entry '${value}' is left out: no such page`);
        return [];
      }
      return [
        { kind: 'page', title: title ?? titles.get(page) ?? value, page },
      ];
    });
  return read(site.nav);
}
