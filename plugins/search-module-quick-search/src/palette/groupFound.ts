import {
  GROUP_TITLES,
  textOf,
  type Found,
  type FoundGroup,
} from '../results/Found';

const MOST_OF_A_GROUP = 6;

/** Results by group: the group with the best result first, as they came in it. */
export function groupFound(options: {
  term: string;
  found: Found[];
  pages: Found[];
}): Array<{ group: FoundGroup; title: string; items: Found[] }> {
  const { term, found, pages } = options;
  const begins = ({ title }: Found) =>
    textOf(title).toLowerCase().startsWith(term.toLowerCase());
  // A page comes first when it is what was typed and nothing else is
  const pagesFirst = pages.some(begins) && !(found[0] && begins(found[0]));
  const groups = new Map<FoundGroup, Found[]>();
  for (const item of pagesFirst ? [...pages, ...found] : [...found, ...pages]) {
    const items = groups.get(item.group) ?? [];
    groups.set(item.group, items);
    if (items.length < MOST_OF_A_GROUP) {
      items.push(item);
    }
  }
  return [...groups].map(([group, items]) => ({
    group,
    title: GROUP_TITLES[group],
    items,
  }));
}
