import MarkdownIt, { Token } from 'markdown-it';

/** @internal */
export interface Heading {
  /** 1 to 6. */
  level: number;
  id: string;
  text: string;
}

function slug(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim();
  return words.replace(/[-\s]+/g, '-') || 'section';
}

/**
 * The text of an inline token, without marks and HTML.
 *
 * @internal
 */
export function plainText(token: Token): string {
  return (token.children ?? [])
    .map(child => {
      switch (child.type) {
        case 'text':
        case 'code_inline':
          return child.content;
        case 'image':
          return plainText(child);
        case 'softbreak':
        case 'hardbreak':
          return ' ';
        default:
          return '';
      }
    })
    .join('');
}

/**
 * Gives every heading an anchor and a link to it, and lists them.
 *
 * @internal
 */
export function addAnchors(tokens: Token[]): Heading[] {
  const headings: Heading[] = [];
  const taken = new Set<string>();
  // Where the last one of a text left off, for there may be very many
  const counts = new Map<string, number>();
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'heading_open') {
      continue;
    }
    const text = plainText(tokens[at + 1]).trim();
    const wanted = slug(text);
    let id = wanted;
    let count = counts.get(wanted) ?? 0;
    while (taken.has(id)) {
      count += 1;
      id = `${wanted}_${count}`;
    }
    counts.set(wanted, count);
    taken.add(id);
    token.attrSet('id', id);
    token.meta = { anchor: id };
    headings.push({ level: Number(token.tag.slice(1)), id, text });
  }
  return headings;
}

/** @internal */
export function permalinks(markdown: MarkdownIt): void {
  markdown.renderer.rules.heading_close = (tokens, at) => {
    const { tag } = tokens[at];
    const anchor: unknown = tokens[at - 2]?.meta?.anchor;
    const link =
      typeof anchor === 'string'
        ? `<a class="headerlink" href="#${encodeURIComponent(
            anchor,
          )}" title="Permanent link">¶</a>`
        : '';
    return `${link}</${tag}>\n`;
  };
}
