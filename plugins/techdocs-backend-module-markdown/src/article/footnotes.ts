import MarkdownIt from 'markdown-it';
import footnotePlugin from 'markdown-it-footnote';

/** More links back to one note help nobody. */
const MAX_BACK_LINKS = 20;

/**
 * Footnotes: `[^name]` in the text and `[^name]: …` on a line of its own.
 *
 * @internal
 */
export function footnotes(markdown: MarkdownIt): void {
  markdown.use(footnotePlugin);
  // The form ^[text], which MkDocs does not know
  markdown.inline.ruler.disable('footnote_inline');
  markdown.renderer.rules.footnote_block_open = () =>
    '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">\n<ol class="footnotes-list">\n';
  markdown.renderer.rules.footnote_anchor = (tokens, at) => {
    const { id, subId } = tokens[at].meta as { id: number; subId: number };
    if (subId >= MAX_BACK_LINKS) {
      return '';
    }
    const place = subId > 0 ? `${id + 1}:${subId}` : `${id + 1}`;
    return ` <a href="#fnref${place}" class="footnote-backref" aria-label="Back to the text">↩\uFE0E</a>`;
  };
}
