import MarkdownIt from 'markdown-it';

type Token = ReturnType<MarkdownIt['parse']>[number];

/**
 * A heading of a text.
 *
 * @internal
 */
export interface Heading {
  /** 1 to 6. */
  level: number;
  text: string;
  /** There is something to read below it, before the next that is not below it. */
  hasText: boolean;
}

/** What stands for a text that is still to be written. */
const PLACEHOLDER =
  /^[\W_]*(?:to ?do|tbd|tba|to be (?:done|written|added|defined|described)|coming soon|work in progress|wip|n\/?a|none yet|placeholder)?[\W_]*$/i;

/**
 * The headings of a Markdown text, as a reader sees them: those in code, in
 * comments and in HTML are none.
 *
 * @internal
 */
export function readHeadings(text: string): Heading[] {
  const markdown = new MarkdownIt({ html: true });
  const headings: Heading[] = [];
  let open: Token | undefined;
  for (const token of markdown.parse(withoutFrontMatter(text), {})) {
    if (token.type === 'heading_open') {
      open = token;
    } else if (token.type === 'heading_close') {
      open = undefined;
    } else if (open) {
      headings.push({
        level: Number(open.tag.slice(1)),
        text: plainText(token).replace(/\s+/g, ' ').trim(),
        hasText: false,
      });
    } else if (!PLACEHOLDER.test(textOf(token))) {
      markAbove(headings);
    }
  }
  return headings;
}

/** The last heading has a text, and so have those that it is below of. */
function markAbove(headings: Heading[]): void {
  let level = 7;
  for (let at = headings.length - 1; at >= 0 && level > 1; at--) {
    const heading = headings[at];
    if (heading.level < level) {
      level = heading.level;
      heading.hasText = true;
    }
  }
}

function textOf(token: Token): string {
  switch (token.type) {
    case 'inline':
      return plainText(token);
    case 'fence':
    case 'code_block':
      return token.content;
    case 'html_block':
      return withoutTags(token.content);
    default:
      return '';
  }
}

function plainText(token: Token): string {
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

/** Only to see whether anything is left: nobody is shown it. */
function withoutTags(html: string): string {
  return html.replace(/<!--[^]*?(?:-->|$)/g, '').replace(/<[^<>]*>/g, '');
}

function withoutFrontMatter(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/^---[ \t]*\r?\n(?:[^]*?\r?\n)?---[ \t]*(?:\r?\n|$)/, '');
}
