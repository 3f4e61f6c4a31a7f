import { html, Html } from './html';
import { layout, PageContext } from './layout';

const TITLES: Record<number, string> = {
  400: 'This address is not right',
  401: 'The user name and password are needed',
  403: 'This is not allowed',
  404: 'There is nothing here',
  409: 'This could not be done',
  413: 'This is too large',
  422: 'This is not acceptable',
  503: 'This is not available now',
};

/** @internal */
export function errorPage(options: {
  context: PageContext;
  status: number;
  /** Undefined for faults of the forge, which are for its log alone. */
  message?: string;
}): Html {
  const { context, status, message } = options;
  const title = TITLES[status] ?? 'The forge failed';
  return layout({
    context,
    title,
    crumbs: [{ label: 'Error', href: '' }],
    body: html`<h1>${title}</h1>
      <p>${message ?? 'What happened is in the log of the portal.'}</p>
      ${status === 401 && html`<p>${context.credentialsHint}</p>`}
      <p>
        <a href="${context.links.root}/">All repositories</a> ·
        <a href="${context.portal.url}">${context.portal.title}</a>
      </p>`,
  });
}
