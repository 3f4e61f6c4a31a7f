import { Article } from '../article/renderArticle';
import { relativeUrl } from '../source/paths';
import { RepositoryLinks } from '../source/repositoryLinks';
import { Site, SitePage } from '../source/Site';
import { escapeHtml } from './html';
import { NavItem, pagesInOrder } from './NavItem';
import { renderContents, renderNavigation } from './renderNavigation';
import { STYLESHEET_PATH } from './stylesheet';

function renderFooter(page: SitePage, items: NavItem[]): string {
  const order = pagesInOrder(items);
  const at = order.findIndex(item => item.page === page);
  const neighbours =
    at < 0
      ? []
      : [
          { kind: 'prev', label: 'Previous', item: order[at - 1] },
          { kind: 'next', label: 'Next', item: order[at + 1] },
        ];
  const links = neighbours.map(({ item, kind, label }) =>
    item === undefined
      ? ''
      : `<a class="md-footer__link md-footer__link--${kind}" href="${relativeUrl(
          page.path,
          item.page.path,
        )}" rel="${kind}"><span class="md-footer__direction">${label}</span><span class="md-ellipsis">${escapeHtml(
          item.title,
        )}</span></a>`,
  );
  return `<div class="md-footer"><nav class="md-footer__inner" aria-label="Previous and next page">${links.join(
    '',
  )}</nav></div>`;
}

/**
 * The way to the file behind a page. Its title is what the reader of TechDocs and
 * its add-ons look for, to offer a report about the page.
 */
function renderSource(page: SitePage, links: RepositoryLinks): string {
  if (page.source === undefined) {
    return '';
  }
  const edit = links.edit(page.source);
  const href = edit ?? links.view(page.source);
  if (href === undefined) {
    return '';
  }
  const label = edit ? 'Edit this page' : 'Source of this page';
  return `<p class="page-source"><a href="${escapeHtml(
    href,
  )}" title="${label}" rel="noopener noreferrer">${label}</a></p>`;
}

/**
 * The document of one page, in the structure that the reader of TechDocs takes
 * apart and puts together again: its names are those of the theme it was made for.
 *
 * @internal
 */
export function renderPage(options: {
  article: Article;
  items: NavItem[];
  page: SitePage;
  repositoryLinks: RepositoryLinks;
  site: Site;
}): string {
  const { article, items, page, repositoryLinks, site } = options;
  const contents = renderContents(article.headings);
  const title =
    page.path === '' ? site.name : `${article.title} - ${site.name}`;
  const navigation = renderNavigation({
    contents,
    current: page,
    items,
    siteName: site.name,
  });
  const description = site.description
    ? `<meta name="description" content="${escapeHtml(site.description)}">\n`
    : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
${description}<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${relativeUrl(page.path, STYLESHEET_PATH)}">
</head>
<body dir="ltr">
<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" aria-label="List of pages" autocomplete="off">
<label class="md-overlay" for="__drawer"></label>
<div class="md-header" data-md-component="header"><label class="md-header__button md-icon" for="__drawer"></label></div>
<div class="md-container" data-md-component="container">
<div class="md-main" data-md-component="main">
<div class="md-main__inner md-grid">
<div class="md-sidebar md-sidebar--primary" data-md-component="sidebar" data-md-type="navigation"><div class="md-sidebar__scrollwrap"><div class="md-sidebar__inner">
${navigation}
</div></div></div>
<div class="md-sidebar md-sidebar--secondary" data-md-component="sidebar" data-md-type="toc"><div class="md-sidebar__scrollwrap"><div class="md-sidebar__inner">
${contents}
</div></div></div>
<div class="md-content" data-md-component="content">
<article class="md-content__inner md-typeset">
${article.html}
${renderSource(page, repositoryLinks)}
</article>
</div>
</div>
</div>
${renderFooter(page, items)}
</div>
</body>
</html>
`;
}
