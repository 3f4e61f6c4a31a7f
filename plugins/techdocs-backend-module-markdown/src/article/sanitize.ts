import sanitizeHtml from 'sanitize-html';

/**
 * What becomes of the links and pictures of a document.
 *
 * @internal
 */
export interface LinkTargets {
  /** Attributes of a link; without href it is a mere text. */
  link(href: string): Record<string, string>;
  /** The address of a picture, or undefined when it cannot be shown. */
  image(source: string): string | undefined;
}

// prettier-ignore
const TAGS = [
  'a', 'abbr', 'b', 'blockquote', 'br', 'caption', 'cite', 'code', 'col',
  'colgroup', 'dd', 'del', 'details', 'dfn', 'div', 'dl', 'dt', 'em',
  'figcaption', 'figure', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img',
  'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'section',
  'small', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot',
  'th', 'thead', 'tr', 'u', 'ul', 'var',
];

/** Elements whose content is no text of the document. */
// prettier-ignore
const DROPPED_WITH_CONTENT = [
  'iframe', 'math', 'noembed', 'noframes', 'noscript', 'object', 'option',
  'script', 'select', 'style', 'svg', 'template', 'textarea', 'title', 'xmp',
];

/** What the theme has a style for; no others, such as those of its own frame. */
const CLASSES = [
  'admonition*',
  'diagram',
  'footnote*',
  'headerlink',
  'highlight',
  'hljs-*',
  'language-*',
  'md-typeset__scrollwrap',
  'task-box*',
  'task-list-item',
];
// prettier-ignore
const ADMONITIONS = [
  'abstract', 'attention', 'bug', 'caution', 'danger', 'error', 'example',
  'failure', 'hint', 'important', 'info', 'note', 'question', 'quote',
  'success', 'summary', 'tip', 'todo', 'warning',
];

/**
 * Leaves of HTML what cannot run, leave the page or cover it.
 *
 * @internal
 */
export function sanitize(html: string, targets: LinkTargets): string {
  return sanitizeHtml(html, {
    allowedTags: TAGS,
    nestingLimit: 100,
    nonTextTags: DROPPED_WITH_CONTENT,
    allowedAttributes: {
      '*': ['id', 'title', 'lang', 'dir'],
      a: ['href', 'download', 'rel', 'aria-label'],
      code: ['tabindex'],
      details: ['open'],
      div: ['align', 'role', 'aria-label', 'tabindex'],
      img: ['src', 'alt', 'width', 'height', 'align', 'loading'],
      li: ['value'],
      ol: ['start', 'type', 'reversed'],
      p: ['align'],
      section: ['role', 'aria-label'],
      span: ['role', 'aria-label'],
      td: ['colspan', 'rowspan', 'align', 'style'],
      th: ['colspan', 'rowspan', 'align', 'scope', 'style'],
    },
    allowedClasses: {
      '*': CLASSES,
      div: [...CLASSES, ...ADMONITIONS],
      details: [...CLASSES, ...ADMONITIONS],
    },
    allowedStyles: { '*': { 'text-align': [/^(?:left|right|center)$/] } },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesByTag: { img: ['http', 'https'] },
    allowProtocolRelative: false,
    transformTags: {
      '*': (tagName, attribs) => {
        const { id, ...rest } = attribs;
        // Anchors of the page's own frame start with two underscores
        return {
          tagName,
          attribs: id === undefined || id.startsWith('__') ? rest : attribs,
        };
      },
      a: (tagName, attribs) => {
        const { href, download, rel, ...rest } = attribs;
        return {
          tagName,
          attribs: {
            ...rest,
            ...(href === undefined ? {} : targets.link(href)),
          },
        };
      },
      img: (tagName, attribs) => {
        const { src, ...rest } = attribs;
        const source = src === undefined ? undefined : targets.image(src);
        return source === undefined
          ? { tagName: 'em', attribs: {}, text: attribs.alt ?? '' }
          : {
              tagName,
              attribs: { alt: '', ...rest, src: source, loading: 'lazy' },
            };
      },
    },
  });
}
