import MarkdownIt from 'markdown-it';
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
const markdown = new MarkdownIt({ html: false, linkify: true });

/** The headings of a document stand below those of the page (h1) and the box (h2). */
const SHIFT = 2;

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

/**
 * Renders a Markdown document of a repository.
 *
 * @internal
 */
export function renderMarkdown(text: string, links: MarkdownLinks): Html {
  const tokens = markdown.parse(text, {});
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      token.attrSet('id', slug(tokens[at + 1].content));
      token.tag = shift(token.tag);
    } else if (token.type === 'heading_close') {
      token.tag = shift(token.tag);
    }
    for (const child of token.children ?? []) {
      const attribute = child.type === 'image' ? 'src' : 'href';
      const target = child.attrGet(attribute);
      if (target === null) {
        continue;
      }
      const path = resolvePath(String(target), links.folder);
      if (path !== undefined) {
        const fragment = String(target).match(/#.*$/)?.[0] ?? '';
        child.attrSet(
          attribute,
          child.type === 'image'
            ? links.raw(path)
            : `${links.page(path)}${fragment}`,
        );
      } else if (attribute === 'href' && !String(target).startsWith('#')) {
        child.attrSet('rel', 'noopener noreferrer nofollow');
      }
    }
  }
  return Html.trusted(markdown.renderer.render(tokens, markdown.options, {}));
}
