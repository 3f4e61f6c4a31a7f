import { Commit, TreeEntry } from '../git/types';
import { Repository } from '../repositories/Repository';
import { html, Html } from './html';
import { PageContext } from './layout';
import { bytes, commitLine, notice } from './parts';
import { pathCrumbs, refMenu } from './navigation';
import { repositoryFrame } from './repositoryFrame';

function entryRow(options: {
  context: PageContext;
  repository: Repository;
  refName: string;
  entry: TreeEntry;
}): Html {
  const { context, repository, refName, entry } = options;
  const kind = {
    dir: html`<span class="quiet small">folder</span>`,
    symlink: html`<span class="quiet small">link</span>`,
    submodule: html`<span class="quiet small"
      >submodule at <code>${entry.id.slice(0, 10)}</code></span
    >`,
    file: html`${bytes(entry.size)}`,
  }[entry.type];
  const label = entry.type === 'dir' ? `${entry.name}/` : entry.name;
  return html`<tr>
    <td class="name">
      ${entry.type === 'submodule'
        ? label
        : html`<a
            href="${context.links.source(repository, refName, entry.path)}"
            >${label}</a
          >`}
    </td>
    <td class="number small">${kind}</td>
  </tr>`;
}

/**
 * A folder of a repository, with its README below.
 *
 * @internal
 */
export function folderPage(options: {
  context: PageContext;
  repository: Repository;
  refName: string;
  branches: readonly string[];
  path: string;
  entries: readonly TreeEntry[];
  lastCommit: Commit;
  readme?: { name: string; content: Html };
}): Html {
  const { context, repository, refName, path, entries, lastCommit } = options;
  const { readme } = options;
  const { urls } = context;
  return repositoryFrame({
    context,
    repository,
    ref: refName,
    tab: 'files',
    title: path || refName,
    crumbs: pathCrumbs({ context, repository, refName, path }),
    heading: path || undefined,
    body: html`${!path &&
      repository.description &&
      html`<p>${repository.description}</p>`}
      <div class="bar">
        ${refMenu({ ...options, view: 'source' })}
        ${!path &&
        html`<div class="grow">
          <span class="hidden" id="clone">Command to clone the repository</span>
          <pre class="copy" tabindex="0" role="region" aria-labelledby="clone">
git clone ${urls.clone(repository)}</pre
          >
        </div>`}
      </div>
      <section class="box" aria-label="Files">
        <div class="head">${commitLine(context, repository, lastCommit)}</div>
        <table>
          <thead class="hidden">
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Size</th>
            </tr>
          </thead>
          <tbody>
            ${entries.map(entry =>
              entryRow({ context, repository, refName, entry }),
            )}
          </tbody>
        </table>
      </section>
      ${readme &&
      html`<section class="box" aria-labelledby="readme-title">
        <div class="head"><h2 id="readme-title">${readme.name}</h2></div>
        <article class="body markdown">${readme.content}</article>
      </section>`}`,
  });
}

/**
 * A repository that nothing was pushed to yet.
 *
 * @internal
 */
export function emptyRepositoryPage(options: {
  context: PageContext;
  repository: Repository;
}): Html {
  const { context, repository } = options;
  const clone = context.urls.clone(repository);
  const branch = repository.defaultBranch;
  return repositoryFrame({
    context,
    repository,
    title: repository.name,
    body: html`${repository.description &&
      html`<p>${repository.description}</p>`}
      ${notice({
        title: 'Nothing was pushed to this repository yet',
        body: html`<p>${context.credentialsHint}</p>`,
      })}
      <h2>Start a new project</h2>
      <pre class="copy" tabindex="0">
git clone ${clone}
cd ${repository.name}
git switch --create ${branch}
echo "# ${repository.name}" > README.md
git add README.md
git commit --message "First commit"
git push --set-upstream origin ${branch}</pre
      >
      <h2>Push a project you have</h2>
      <pre class="copy" tabindex="0">
git remote add origin ${clone}
git push --set-upstream origin HEAD:${branch}</pre
      >`,
  });
}
