/** Where in the list of results something stands. */
export type FoundGroup =
  | 'entities'
  | 'people'
  | 'paths'
  | 'docs'
  | 'more'
  | 'pages'
  | 'recent';

export const GROUP_TITLES: Record<FoundGroup, string> = {
  entities: 'Services and what they need',
  people: 'People and teams',
  paths: 'Golden paths',
  docs: 'Documentation',
  more: 'More',
  pages: 'Go to',
  recent: 'Opened last from here',
};

/** A text of which parts are marked. */
export type MarkedText = Array<{ text: string; isMarked: boolean }>;

/** A fact in words, or one that names something else in the catalog. */
export type FoundDetail = string | { word: string; entityRef: string };

/** Something to open, with what one has to know to choose it. */
export interface Found {
  key: string;
  group: FoundGroup;
  /** Says which icon it has: a kind, `docs` or `page`. */
  sort: string;
  title: MarkedText;
  to: string;
  /** What it is and whose, in few words each. */
  details: FoundDetail[];
  text: MarkedText;
  isDeprecated: boolean;
}

export const plain = (text: string): MarkedText =>
  text ? [{ text, isMarked: false }] : [];

export const textOf = (marked: MarkedText): string =>
  marked.map(({ text }) => text).join('');
