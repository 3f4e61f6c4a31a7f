import { RepositoryName } from '../repositories/Repository';
import { html, Html } from './html';
import { Crumb, PageContext } from './layout';

/** More branches than this are looked for on their own page. */
const MENU_LENGTH = 50;

/**
 * The parts of a path, each leading to its own page.
 *
 * @internal
 */
export function pathCrumbs(options: {
  context: PageContext;
  repository: RepositoryName;
  refName: string;
  path: string;
}): Crumb[] {
  const { context, repository, refName, path } = options;
  const parts = path.split('/').filter(Boolean);
  return parts.map((label, at) => ({
    label,
    href: context.links.source(
      repository,
      refName,
      parts.slice(0, at + 1).join('/'),
    ),
  }));
}

/**
 * Opens the same file, folder or history on another branch.
 *
 * @internal
 */
export function refMenu(options: {
  context: PageContext;
  repository: RepositoryName;
  refName: string;
  branches: readonly string[];
  path: string;
  view: 'source' | 'commits';
}): Html {
  const { context, repository, refName, branches, path, view } = options;
  const { links } = context;
  const isBranch = branches.includes(refName);
  const shown = branches.slice(0, MENU_LENGTH);
  return html`<details class="menu">
    <summary>
      ${isBranch ? 'Branch' : 'Commit'}:
      <strong>${isBranch ? refName : refName.slice(0, 10)}</strong>
    </summary>
    <ul>
      ${shown.map(
        name => html`<li>
          <a
            href="${links[view](repository, name, path)}"
            ${name === refName && html` aria-current="true"`}
            >${name}</a
          >
        </li>`,
      )}
      ${branches.length > shown.length &&
      html`<li>
        <a href="${links.branches(repository)}"
          >All ${branches.length} branches</a
        >
      </li>`}
    </ul>
  </details>`;
}
