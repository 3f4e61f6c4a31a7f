import { SitePage } from '../source/Site';

/** @internal */
export type NavItem =
  | { kind: 'page'; title: string; page: SitePage }
  | { kind: 'link'; title: string; href: string }
  | { kind: 'section'; title: string; items: NavItem[] };

/**
 * Every page in the order of the navigation.
 *
 * @internal
 */
export function pagesInOrder(items: NavItem[]): Array<{
  title: string;
  page: SitePage;
}> {
  return items.flatMap(item => {
    switch (item.kind) {
      case 'page':
        return [item];
      case 'section':
        return pagesInOrder(item.items);
      default:
        return [];
    }
  });
}
