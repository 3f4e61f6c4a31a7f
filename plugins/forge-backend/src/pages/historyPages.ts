import { Diff } from '../git/compare';
import { Branch, Commit } from '../git/types';
import { RepositoryName } from '../repositories/Repository';
import { diffView } from './diffView';
import { html, Html } from './html';
import { PageContext } from './layout';
import { pathCrumbs, refMenu } from './navigation';
import { commitLine, count, pager, time } from './parts';
import { repositoryFrame } from './repositoryFrame';

/** @internal */
export function commitsPage(options: {
  context: PageContext;
  repository: RepositoryName;
  refName: string;
  branches: readonly string[];
  path: string;
  commits: readonly Commit[];
  page: number;
  more: boolean;
}): Html {
  const { context, repository, refName, path, commits, page, more } = options;
  return repositoryFrame({
    context,
    repository,
    ref: refName,
    tab: 'commits',
    title: `Commits${path && ` of ${path}`}`,
    crumbs: [
      ...pathCrumbs({ context, repository, refName, path }),
      {
        label: 'Commits',
        href: context.links.commits(repository, refName, path),
      },
    ],
    heading: path ? `Commits of ${path}` : 'Commits',
    body: html`<div class="bar">
        ${refMenu({ ...options, view: 'commits' })}
      </div>
      <ul class="list">
        ${commits.map(
          commit => html`<li>${commitLine(context, repository, commit)}</li>`,
        )}
      </ul>
      ${pager({ page, more, newer: 'Newer', older: 'Older' })}`,
  });
}

/** @internal */
export function commitPage(options: {
  context: PageContext;
  repository: RepositoryName;
  commit: Commit;
  diff: Diff;
}): Html {
  const { context, repository, commit, diff } = options;
  const { links } = context;
  const [subject, ...rest] = commit.message.split('\n');
  const id = commit.id.slice(0, 10);
  return repositoryFrame({
    context,
    repository,
    ref: commit.id,
    title: `${subject} (${id})`,
    crumbs: [{ label: id, href: links.commit(repository, commit.id) }],
    heading: subject || '(no message)',
    body: html`${rest.length > 0 &&
      html`<p class="message">${rest.join('\n').trim()}</p>`}
      <p class="quiet">
        ${commit.author.name}, ${time(commit.author.date)} ·
        <code>${commit.id}</code>
      </p>
      <p class="quiet">
        ${commit.parents.length === 0
          ? 'This is the first commit.'
          : html`${commit.parents.length === 1 ? 'Parent' : 'Parents'}:
            ${commit.parents.map(
              parent => html`<a href="${links.commit(repository, parent)}"
                  ><code>${parent.slice(0, 10)}</code></a
                >${' '}`,
            )}`}
        ${commit.parents.length > 1 &&
        'Shown is what changed against the first.'}
      </p>
      ${diffView(diff)}`,
  });
}

/** @internal */
export interface BranchRow extends Branch {
  ahead: number;
  behind: number;
}

/** @internal */
export function branchesPage(options: {
  context: PageContext;
  repository: RepositoryName;
  defaultBranch: string;
  branches: readonly BranchRow[];
  page: number;
  more: boolean;
}): Html {
  const { context, repository, defaultBranch, branches, page, more } = options;
  const { links } = context;
  const row = (branch: BranchRow) => {
    const isDefault = branch.name === defaultBranch;
    const { ahead, behind } = branch;
    return html`<li>
      <div class="row">
        <span
          ><a class="title" href="${links.source(repository, branch.name)}"
            >${branch.name}</a
          >
          ${isDefault && html`<span class="quiet small">default</span>`}</span
        >
        ${!isDefault &&
        html`<span class="small"
          >${count(ahead, 'commit')} ahead, ${count(behind, 'commit')} behind ·
          <a href="${links.compare(repository, defaultBranch, branch.name)}"
            >Compare<span class="hidden"> ${branch.name}</span>${ahead > 0 &&
            ' and merge'}</a
          ></span
        >`}
      </div>
      ${commitLine(context, repository, branch.commit)}
    </li>`;
  };
  return repositoryFrame({
    context,
    repository,
    ref: branches.length > 0 ? defaultBranch : undefined,
    tab: 'branches',
    title: 'Branches',
    crumbs: [{ label: 'Branches', href: links.branches(repository) }],
    heading: 'Branches',
    body: html`${branches.length > 0
      ? html`<ul class="list">
          ${branches.map(row)}
        </ul>`
      : html`<p>There are no branches here yet.</p>`}
    ${pager({ page, more, newer: 'Previous', older: 'Next' })}`,
  });
}
