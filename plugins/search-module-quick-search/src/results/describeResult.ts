import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { SearchResult } from '@backstage/plugin-search-common';
import {
  plain,
  type Found,
  type FoundDetail,
  type FoundGroup,
  type MarkedText,
} from './Found';

const KINDS: Record<string, { group: FoundGroup; title: string }> = {
  component: { group: 'entities', title: 'Component' },
  system: { group: 'entities', title: 'System' },
  domain: { group: 'entities', title: 'Domain' },
  api: { group: 'entities', title: 'API' },
  resource: { group: 'entities', title: 'Resource' },
  user: { group: 'people', title: 'Person' },
  group: { group: 'people', title: 'Team' },
  template: { group: 'paths', title: 'Golden path' },
};

/** Types whose name is enough, without the kind. */
const KNOWN_TYPES = [
  'service',
  'website',
  'library',
  'worker',
  'database',
  'queue',
];

/** What the results of search are shown by, in the palette and on the page. */
export function describeResult(
  result: SearchResult,
  options: {
    /** Where golden paths are started; where that is not known, what they are. */
    createPath?: string;
  } = {},
): Found {
  const { document, highlight, type } = result;
  const { preTag, postTag, fields = {} } = highlight ?? {};
  const marked = (field: string, value: string) =>
    fields[field] && preTag && postTag
      ? splitMarks(fields[field], preTag, postTag)
      : plain(value);
  const field = (name: string) => {
    const value: unknown = Reflect.get(document, name);
    return typeof value === 'string' ? value : '';
  };

  const common = {
    key: `${type} ${document.location}`,
    title: marked('title', document.title),
    to: document.location,
    text: marked('text', document.text),
    isDeprecated: field('lifecycle') === 'deprecated',
  };
  const kind = field('kind').toLowerCase();

  if (type === 'techdocs') {
    const page = field('pageTitle');
    const site = field('entityTitle') || field('name');
    const isSection =
      document.location.includes('#') && page && page !== document.title;
    return {
      ...common,
      group: 'docs',
      sort: 'docs',
      title: isSection
        ? [...plain(`${page} › `), ...common.title]
        : common.title,
      details: site ? [`Documentation of ${site}`] : ['Documentation'],
    };
  }
  if (type === 'software-catalog') {
    const { group, title } = KINDS[kind] ?? {
      group: 'entities',
      title: field('kind'),
    };
    const details: FoundDetail[] = [nameKind(title, field('type'))];
    const name = field('name');
    if (name && group !== 'paths' && !isSame(name, document.title)) {
      details.push(name);
    }
    if (group === 'entities') {
      details.push(
        ...say('owned by', 'group', field('owner')),
        ...say('in', 'system', field('system')),
        ...(field('lifecycle') ? [field('lifecycle')] : []),
      );
    }
    if (kind === 'user' && field('email')) {
      details.push(field('email'));
    }
    return {
      ...common,
      group,
      sort: kind,
      details,
      to:
        kind === 'template' && options.createPath && name
          ? `${options.createPath}/templates/${field('namespace')}/${name}`
          : common.to,
    };
  }
  return { ...common, group: 'more', sort: 'page', details: [type] };
}

/** Whether a title only writes the name in another way. */
function isSame(name: string, title: string): boolean {
  const letters = (text: string) =>
    text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return letters(name) === letters(title);
}

function nameKind(kind: string, type: string): string {
  if (!type || type === 'other' || kind === 'Golden path') {
    return kind;
  }
  const ownName = type.charAt(0).toUpperCase() + type.slice(1);
  return KNOWN_TYPES.includes(type) || kind === 'Team'
    ? ownName
    : `${kind}, ${type}`;
}

function say(word: string, defaultKind: string, ref: string): FoundDetail[] {
  if (!ref) {
    return [];
  }
  try {
    const entityRef = stringifyEntityRef(parseEntityRef(ref, { defaultKind }));
    return [{ word, entityRef }];
  } catch {
    // What a file says where the catalog knows of no owner is any text
    return [];
  }
}

function splitMarks(text: string, pre: string, post: string): MarkedText {
  return text.split(pre).flatMap((part, index) => {
    if (index === 0) {
      return plain(part);
    }
    const [inside, ...after] = part.split(post);
    return [{ text: inside, isMarked: true }, ...plain(after.join(post))];
  });
}
