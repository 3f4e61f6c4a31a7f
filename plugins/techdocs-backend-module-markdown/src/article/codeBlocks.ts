import hljs from 'highlight.js/lib/common';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import http from 'highlight.js/lib/languages/http';
import properties from 'highlight.js/lib/languages/properties';
import MarkdownIt, { Token } from 'markdown-it';
import { escapeHtml } from '../page/html';

hljs.registerLanguage('dockerfile', dockerfile);
hljs.registerLanguage('http', http);
hljs.registerLanguage('properties', properties);

/** Larger blocks stay plain: colouring costs time and is of no use there. */
const MAX_COLOURED = 50_000;

/**
 * The text of a diagram, for an add-on of the reader to draw; without one, and
 * while it cannot be drawn, it is read as it is.
 */
function renderDiagram(code: string): string {
  return `<div class="diagram"><pre><code class="language-mermaid" tabindex="0">${escapeHtml(
    code,
  )}</code></pre></div>\n`;
}

function render(code: string, language: string): string {
  if (language === 'mermaid') {
    return renderDiagram(code);
  }
  const coloured =
    hljs.getLanguage(language) && code.length <= MAX_COLOURED
      ? hljs.highlight(code, { language, ignoreIllegals: true }).value
      : escapeHtml(code);
  const name = language === '' ? '' : ` class="language-${language}"`;
  // Focusable, so that a wide block can be scrolled with the keyboard
  return `<div class="highlight"><pre><code${name} tabindex="0">${coloured}</code></pre></div>\n`;
}

/** What a fenced block is written in, in lower case; empty when it does not say. */
export function languageOf({ info }: Token): string {
  const [, language = ''] =
    info.trim().match(/^\{?\s*\.?([\w+#-]{1,40})(?=[\s}]|$)/) ?? [];
  return language.toLowerCase();
}

/**
 * Blocks of code, with the name of their language as a class and coloured where
 * the language is known.
 *
 * @internal
 */
export function codeBlocks(markdown: MarkdownIt): void {
  markdown.renderer.rules.fence = (tokens, at) => {
    return render(tokens[at].content, languageOf(tokens[at]));
  };
  markdown.renderer.rules.code_block = (tokens, at) =>
    render(tokens[at].content, '');
}
