import { Article } from '../article/renderArticle';
import { escapeHtml } from '../page/html';
import { SitePage } from '../source/Site';

/**
 * What the search of TechDocs reads of a site.
 *
 * @internal
 */
export interface SearchIndex {
  config: {
    indexing: 'full';
    lang: string[];
    min_search_length: number;
    prebuild_index: false;
    separator: string;
  };
  /** Texts are escaped for HTML; the reader of the index undoes it. */
  docs: Array<{ location: string; text: string; title: string }>;
}

/**
 * Every page with all of its text, and every section of it by itself.
 *
 * @internal
 */
export function searchIndex(articles: Map<SitePage, Article>): SearchIndex {
  const docs: SearchIndex['docs'] = [];
  for (const [{ path }, { sections, title }] of articles) {
    const location = path.split('/').map(encodeURIComponent).join('/');
    const whole = sections
      .flatMap(({ heading, text }) => [heading?.text ?? '', text])
      .filter(Boolean);
    docs.push({
      location,
      text: escapeHtml(whole.join('\n')),
      title: escapeHtml(title),
    });
    for (const { heading, text } of sections) {
      if (heading) {
        docs.push({
          location: `${location}#${encodeURIComponent(heading.id)}`,
          text: escapeHtml(text),
          title: escapeHtml(heading.text),
        });
      }
    }
  }
  return {
    config: {
      indexing: 'full',
      lang: ['en'],
      min_search_length: 3,
      prebuild_index: false,
      separator: '[\\s\\-]+',
    },
    docs,
  };
}
