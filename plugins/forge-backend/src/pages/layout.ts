import { ForgeUrls } from '../http/ForgeUrls';
import { html, Html, HtmlValue } from './html';
import { stylesFile } from './styles';

/**
 * What every page knows.
 *
 * @internal
 */
export interface PageContext {
  /** Addresses without scheme and host, for links. */
  links: ForgeUrls;
  /** Absolute addresses, for what is shown to be copied. */
  urls: ForgeUrls;
  portal: { title: string; url: string };
  credentialsHint: string;
}

/** @internal */
export interface Crumb {
  label: string;
  href: string;
}

/**
 * The frame of a page: the way back to the portal, where the reader is, and the
 * content. The last crumb is the page itself.
 *
 * @internal
 */
export function layout(options: {
  context: PageContext;
  title: string;
  crumbs?: readonly Crumb[];
  body: HtmlValue;
}): Html {
  const { context, title, crumbs = [], body } = options;
  const { links, portal } = context;
  const trail = [{ label: 'Repositories', href: `${links.root}/` }, ...crumbs];
  const items = trail.map((crumb, at) => {
    const current = at === trail.length - 1 && html` aria-current="page"`;
    return html`<li><a href="${crumb.href}" ${current}>${crumb.label}</a></li>`;
  });
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${portal.title}</title>
        <link rel="stylesheet" href="${links.root}/-/${stylesFile}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="top">
          <div class="wrap">
            <a class="home" href="${portal.url}"
              ><span aria-hidden="true">← </span>${portal.title}</a
            >
            <nav class="crumbs" aria-label="Where you are">
              <ol>
                ${items}
              </ol>
            </nav>
          </div>
        </header>
        <main id="content" class="wrap" tabindex="-1">${body}</main>
      </body>
    </html> `;
}
