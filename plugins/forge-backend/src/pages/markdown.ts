import MarkdownIt, { Token } from 'markdown-it';
import { Html } from './html';

/**
 * Where the links of a document lead to.
 *
 * @internal
 */
export interface MarkdownLinks {
  /** Folder of the document inside the repository. */
  folder: string;
  /** Address of the page of a file or folder. */
  page: (path: string) => string;
  /** Address of the content of a file. */
  raw: (path: string) => string;
}

// No HTML inside, and the library refuses javascript: and the like by itself
const markdown = new MarkdownIt({ html: false });
const markdownWithBareLinks = new MarkdownIt({ html: false, linkify: true });

/**
 * Finding addresses that are written without any markup takes time that grows
 * with the square of the length of a word: one of half a megabyte would stop the
 * whole backend for minutes.
 */
const MAX_WORD_LENGTH = 1000;

function rendererFor(text: string): MarkdownIt {
  // What ends a word for the library, which is not quite what `\s` is
  const hasLongWord = text
    .split(/[\p{Z}\p{Cc}]/u)
    .some(word => word.length > MAX_WORD_LENGTH);
  return hasLongWord ? markdown : markdownWithBareLinks;
}

/** The headings of a document stand below those of the page (h1) and the box (h2). */
const SHIFT = 2;

/** Keeps the anchors of a document apart from those of the page. */
const ANCHOR = 'doc-';

function shift(tag: string): string {
  return `h${Math.min(6, Number(tag.slice(1)) + SHIFT)}`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');
}

/** The path that a link of a document means, or undefined when it leads elsewhere. */
function resolvePath(href: string, folder: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(href)) {
    return undefined;
  }
  const path = href.split(/[?#]/, 1)[0];
  const parts = path.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      try {
        parts.push(decodeURIComponent(part));
      } catch {
        parts.push(part);
      }
    }
  }
  return parts.join('/');
}

function linkTo(token: Token, links: MarkdownLinks): void {
  const href = token.attrGet('href') ?? '';
  const path = resolvePath(href, links.folder);
  if (href.startsWith('#')) {
    token.attrSet('href', `#${ANCHOR}${href.slice(1)}`);
  } else if (path === undefined) {
    token.attrSet('rel', 'noopener noreferrer nofollow');
  } else {
    const fragment = href.match(/#(.*)$/)?.[1];
    token.attrSet(
      'href',
      links.page(path) + (fragment ? `#${ANCHOR}${fragment}` : ''),
    );
  }
}

/**
 * Renders a Markdown document of a repository.
 *
 * @internal
 */
export function renderMarkdown(text: string, links: MarkdownLinks): Html {
  const renderer = rendererFor(text);
  const tokens = renderer.parse(text, {});
  const anchors = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const anchor = ANCHOR + slug(tokens[at + 1].content);
      // Of several headings with one text, links lead to the first
      if (!anchors.has(anchor)) {
        anchors.add(anchor);
        token.attrSet('id', anchor);
      }
      token.tag = shift(token.tag);
    } else if (token.type === 'heading_close') {
      token.tag = shift(token.tag);
    }
    for (const child of token.children ?? []) {
      if (child.type === 'image') {
        const path = resolvePath(child.attrGet('src') ?? '', links.folder);
        if (path !== undefined) {
          child.attrSet('src', links.raw(path));
        }
      } else if (child.type === 'link_open') {
        linkTo(child, links);
      }
    }
  }
  return Html.trusted(renderer.renderer.render(tokens, renderer.options, {}));
}
