import { escapeHtml } from '../page/html';
import { titleOf } from '../source/paths';
import { SitePage } from '../source/Site';
import { createMarkdown } from './createMarkdown';
import { addAnchors, Heading } from './headings';
import { LinkTargets, sanitize } from './sanitize';
import { readSections, Section } from './sections';

/**
 * What a page has to say, before it is framed.
 *
 * @internal
 */
export interface Article {
  title: string;
  /** Safe to be shown. */
  html: string;
  headings: Heading[];
  sections: Section[];
}

const markdown = createMarkdown();

/** A small text can become very much, by references and marks. */
const MAX_HTML = 8 * 1024 * 1024;

function renderProblem(title: string, message: string): Article {
  return {
    title,
    html: `<h1>${escapeHtml(title)}</h1>
<div class="admonition failure"><p class="admonition-title">This page cannot be shown</p>
<p>${escapeHtml(message)}</p></div>`,
    headings: [],
    sections: [],
  };
}

/** @internal */
export function renderArticle(options: {
  page: SitePage;
  siteName: string;
  targets: LinkTargets;
}): Article {
  const { page, siteName, targets } = options;
  const { content, path, source } = page;
  const fallback =
    path === '' ? siteName : titleOf(path.replace(/\/$/, '') || source || '');
  if (content.kind === 'problem') {
    return renderProblem(fallback, content.message);
  }

  const env = {};
  const tokens = markdown.parse(content.text, env);
  const headings = addAnchors(tokens);
  const first = headings.find(({ level }) => level === 1);
  const title = content.title ?? (first?.text || fallback);
  const rendered = markdown.renderer.render(tokens, markdown.options, env);
  if (rendered.length > MAX_HTML) {
    return renderProblem(
      title,
      `${source} becomes ${rendered.length} characters of HTML; a page may have ${MAX_HTML}.`,
    );
  }
  const html = sanitize(rendered, targets);
  return {
    title,
    html: first ? html : `<h1>${escapeHtml(title)}</h1>\n${html}`,
    headings,
    sections: readSections(tokens, headings),
  };
}
