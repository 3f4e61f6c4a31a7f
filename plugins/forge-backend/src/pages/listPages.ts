import { Organization } from '../organizations/Organizations';
import { Repository } from '../repositories/Repository';
import { html, Html } from './html';
import { layout, PageContext } from './layout';
import { count, notice, pager, time } from './parts';

/** @internal */
export function homePage(options: {
  context: PageContext;
  organizations: readonly Organization[];
  complete: boolean;
  repositories: readonly Repository[];
  total: number;
  page: number;
  more: boolean;
}): Html {
  const { context, organizations, complete, repositories, total } = options;
  const { links } = context;
  return layout({
    context,
    title: 'Repositories',
    body: html`<h1>Repositories</h1>
      ${!complete &&
      notice({
        title: 'The catalog does not answer',
        body: html`<p>
          Organisations that have no repository yet are missing below. Load the
          page again in a moment.
        </p>`,
        bad: true,
      })}
      <p class="quiet">${count(total, 'repository', 'repositories')}</p>
      ${repositories.length > 0
        ? repositoryList({ ...options, showOwner: true })
        : notice({
            title: 'No repositories yet',
            body: html`<p>
              The first one appears with the first service that is created from
              a template. One can also be made by hand: open an organisation to
              see how.
            </p>`,
          })}
      <h2>Organisations</h2>
      ${organizations.length > 0
        ? html`<ul class="list">
            ${organizations.map(
              ({ name, title, description }) => html`<li>
                <a class="title" href="${links.organization(name)}">${name}</a>
                ${title && title !== name && html`<span>${title}</span>`}
                ${description &&
                html`<p class="quiet small">${description}</p>`}
              </li>`,
            )}
          </ul>`
        : html`<p>
            There are none. Organisations are the groups of the catalog, and
            those that the configuration of the portal names.
          </p>`}`,
  });
}

/** @internal */
export function organizationPage(options: {
  context: PageContext;
  organization: Organization;
  repositories: readonly Repository[];
  total: number;
  page: number;
  more: boolean;
}): Html {
  const { context, organization, repositories, total } = options;
  const { links, urls } = context;
  const { name, title, description } = organization;
  return layout({
    context,
    title: name,
    crumbs: [{ label: name, href: links.organization(name) }],
    body: html`<h1>${title ?? name}</h1>
      ${description && html`<p>${description}</p>`}
      <p class="quiet">${count(total, 'repository', 'repositories')}</p>
      ${repositories.length > 0
        ? repositoryList({ ...options, showOwner: false })
        : notice({
            title: 'No repositories yet',
            body: html`<p>
                Services created from a template for this group get theirs here.
                By hand, one is made like this:
              </p>
              <pre class="copy" tabindex="0">
curl --user USER --json '{"name": "my-service"}' \\
  ${urls.root}/api/v1/orgs/${name}/repos</pre
              >
              <p class="quiet small">${context.credentialsHint}</p>`,
          })}`,
  });
}

function repositoryList(options: {
  context: PageContext;
  repositories: readonly Repository[];
  showOwner: boolean;
  page: number;
  more: boolean;
}): Html {
  const { context, repositories, showOwner, page, more } = options;
  return html`<ul class="list">
      ${repositories.map(
        repository => html`<li>
          <div class="row">
            <a class="title" href="${context.links.repository(repository)}"
              >${showOwner &&
              `${repository.organization}/`}${repository.name}</a
            >
            <span class="quiet small"
              >${repository.empty
                ? 'empty'
                : html`changed ${time(repository.updatedAt)}`}</span
            >
          </div>
          ${repository.description &&
          html`<p class="quiet small">${repository.description}</p>`}
        </li>`,
      )}
    </ul>
    ${pager({ page, more, newer: 'Previous', older: 'Next' })}`;
}
