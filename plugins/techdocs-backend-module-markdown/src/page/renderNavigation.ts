import { Heading } from '../article/headings';
import { relativeUrl } from '../source/paths';
import { SitePage } from '../source/Site';
import { escapeHtml } from './html';
import { NavItem, pagesInOrder } from './NavItem';

const MAX_CONTENTS = 300;

/**
 * The headings of a page below its title, as links.
 *
 * @internal
 */
export function renderContents(headings: Heading[]): string {
  const links = headings
    .filter(({ level, text }) => level >= 2 && level <= 4 && text !== '')
    .slice(0, MAX_CONTENTS)
    .map(
      ({ id, level, text }) =>
        `<li class="md-nav__item md-nav__item--level-${level}"><a class="md-nav__link" href="#${encodeURIComponent(
          id,
        )}"><span class="md-ellipsis">${escapeHtml(text)}</span></a></li>`,
    );
  return links.length === 0
    ? ''
    : `<nav class="md-nav md-nav--secondary" aria-label="Table of contents">
<span class="md-nav__title">On this page</span>
<ul class="md-nav__list" data-md-component="toc">
${links.join('\n')}
</ul>
</nav>`;
}

/**
 * The list of pages, with the way to one of them unfolded.
 *
 * @internal
 */
export function renderNavigation(options: {
  /** Of the current page, for screens without room for a list beside the text. */
  contents: string;
  current: SitePage;
  items: NavItem[];
  siteName: string;
}): string {
  const { contents, current, items, siteName } = options;

  const list = (entries: NavItem[], path: string): string => {
    const rendered = entries.map((item, index) => {
      const title = `<span class="md-ellipsis">${escapeHtml(
        item.title,
      )}</span>`;
      if (item.kind === 'link') {
        return `<li class="md-nav__item"><a class="md-nav__link" href="${escapeHtml(
          item.href,
        )}" rel="noopener noreferrer">${title}</a></li>`;
      }
      if (item.kind === 'page') {
        const href = relativeUrl(current.path, item.page.path);
        return item.page === current
          ? `<li class="md-nav__item md-nav__item--active"><a class="md-nav__link md-nav__link--active" href="${href}" aria-current="page">${title}</a>${contents}</li>`
          : `<li class="md-nav__item"><a class="md-nav__link" href="${href}">${title}</a></li>`;
      }
      const id = `${path}_${index + 1}`;
      const isActive = pagesInOrder(item.items).some(
        ({ page }) => page === current,
      );
      return `<li class="md-nav__item md-nav__item--nested${
        isActive ? ' md-nav__item--active' : ''
      }"><input class="md-nav__toggle md-toggle" type="checkbox" id="${id}"${
        isActive ? ' checked' : ''
      }><label class="md-nav__link" for="${id}" id="${id}_label">${title}<span class="md-nav__icon md-icon"></span></label><nav class="md-nav" aria-labelledby="${id}_label">${list(
        item.items,
        id,
      )}</nav></li>`;
    });
    return `<ul class="md-nav__list">\n${rendered.join('\n')}\n</ul>`;
  };

  return `<nav class="md-nav md-nav--primary" aria-label="Pages" data-md-level="0">
<label class="md-nav__title" for="__drawer">${escapeHtml(siteName)}</label>
${list(items, '__nav')}
</nav>`;
}
