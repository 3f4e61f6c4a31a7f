import MarkdownIt from 'markdown-it';
import { admonitions } from './admonitions';
import { codeBlocks } from './codeBlocks';
import { footnotes } from './footnotes';
import { permalinks } from './headings';
import { taskLists } from './taskLists';

/** Wide tables scroll by themselves instead of widening the page. */
function scrollingTables(markdown: MarkdownIt): void {
  markdown.renderer.rules.table_open = () =>
    '<div class="md-typeset__scrollwrap" role="group" aria-label="Table" tabindex="0"><table>\n';
  markdown.renderer.rules.table_close = () => '</table></div>\n';
}

/**
 * The Markdown that documentation is written in. What comes out of it holds the
 * HTML of the document as it is, and has to be sanitised.
 *
 * @internal
 */
export function createMarkdown(): MarkdownIt {
  const markdown = new MarkdownIt({ html: true, linkify: true });
  // Only what has a scheme: "server.ts" is no address
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  return markdown
    .use(admonitions)
    .use(taskLists)
    .use(codeBlocks)
    .use(footnotes)
    .use(permalinks)
    .use(scrollingTables);
}
