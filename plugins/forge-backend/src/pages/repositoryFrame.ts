import { RepositoryName } from '../repositories/Repository';
import { html, Html, HtmlValue } from './html';
import { Crumb, layout, PageContext } from './layout';

/** @internal */
export type RepositoryTab = 'files' | 'commits' | 'branches';

/**
 * A page of one repository: its name, its tabs, and the content.
 *
 * @internal
 */
export function repositoryFrame(options: {
  context: PageContext;
  repository: RepositoryName;
  /** The branch, tag or commit the reader looks at; none in an empty repository. */
  ref?: string;
  tab?: RepositoryTab;
  title: string;
  /** What leads from the repository to the page. */
  crumbs?: readonly Crumb[];
  /** The heading; the name of the repository where there is none. */
  heading?: HtmlValue;
  body: HtmlValue;
}): Html {
  const { context, repository, ref, tab, title, crumbs = [], body } = options;
  const { links } = context;
  return layout({
    context,
    title: `${title} · ${repository.organization}/${repository.name}`,
    crumbs: [
      {
        label: repository.organization,
        href: links.organization(repository.organization),
      },
      { label: repository.name, href: links.repository(repository) },
      ...crumbs,
    ],
    body: html`<h1>${options.heading ?? repository.name}</h1>
      ${ref !== undefined && tabs(context, repository, ref, tab)} ${body}`,
  });
}

function tabs(
  context: PageContext,
  repository: RepositoryName,
  ref: string,
  tab: RepositoryTab | undefined,
): Html {
  const { links } = context;
  const entry = (name: RepositoryTab, label: string, href: string) =>
    html`<li>
      <a href="${href}" ${tab === name && html` aria-current="page"`}
        >${label}</a
      >
    </li>`;
  return html`<nav class="tabs" aria-label="Repository">
    <ul>
      ${entry('files', 'Files', links.source(repository, ref))}
      ${entry('commits', 'Commits', links.commits(repository, ref))}
      ${entry('branches', 'Branches', links.branches(repository))}
    </ul>
  </nav>`;
}
