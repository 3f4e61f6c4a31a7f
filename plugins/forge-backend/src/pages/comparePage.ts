import { Comparison } from '../git/Comparison';
import { ConflictingFile } from '../git/merge';
import { RepositoryName } from '../repositories/Repository';
import { codeBlock, codeLine } from './codeBlock';
import { diffView } from './diffView';
import { html, Html } from './html';
import { PageContext } from './layout';
import { commitLine, count, notice } from './parts';
import { repositoryFrame } from './repositoryFrame';
import { shellWord } from './shellWord';

/** A file as Git leaves it to whoever merges. */
function conflictView(file: ConflictingFile): Html {
  const messages = html`${file.messages.map(
    message => html`<p class="quiet small">${message}</p>`,
  )}`;
  return file.text === undefined
    ? html`<p><code>${file.path}</code></p>
        ${messages}`
    : html`<details>
        <summary><code>${file.path}</code></summary>
        ${messages}
        ${codeBlock({
          kind: 'diff',
          label: `Conflict in ${file.path}`,
          lines: conflictLines(file.text),
        })}
        ${file.truncated &&
        html`<p class="quiet small">
          The rest of the file is not shown. Clone the repository to see all of
          it.
        </p>`}
      </details>`;
}

/** The side of the branch merged into, and the side of the other one. */
function conflictLines(text: string): Html[] {
  let kind: 'context' | 'removed' | 'added' = 'context';
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map(line => {
      if (/^<{7}( |$)/.test(line)) {
        kind = 'removed';
        return codeLine('place', line);
      }
      if (/^={7}$/.test(line) && kind === 'removed') {
        kind = 'added';
        return codeLine('place', line);
      }
      if (/^>{7}( |$)/.test(line)) {
        kind = 'context';
        return codeLine('place', line);
      }
      return codeLine(kind, line);
    });
}

function mergeBox(options: {
  context: PageContext;
  repository: RepositoryName;
  comparison: Comparison;
}): Html | undefined {
  const { context, repository, comparison } = options;
  const { base, head, merge } = comparison;
  switch (merge.kind) {
    case 'mergeable':
      return notice({
        title: `${head} can be merged into ${base}`,
        body: html`<form
          method="post"
          action="${context.links.compare(repository, base, head)}"
        >
          <input type="hidden" name="base_commit" value="${merge.baseCommit}" />
          <input type="hidden" name="head_commit" value="${merge.headCommit}" />
          <button type="submit" aria-describedby="merge-hint">Merge</button>
          <span id="merge-hint" class="quiet small"
            >${context.credentialsHint}</span
          >
        </form>`,
      });
    case 'merged':
      return notice({
        title: 'There is nothing to merge',
        body: html`<p>${base} already contains every commit of ${head}.</p>`,
      });
    case 'conflict':
      return notice({
        title: `${head} cannot be merged into ${base} as it is`,
        bad: true,
        body: html`<p>
            ${merge.files.length === 1
              ? 'This file was changed on both branches:'
              : 'These files were changed on both branches:'}
          </p>
          ${merge.files.map(file => conflictView(file))}
          <p>
            Bring ${base} into the branch, decide what is to stay, and push;
            then load this page again:
          </p>
          <pre class="copy" tabindex="0">
git fetch origin
git switch ${shellWord(head)}
git merge ${shellWord(`origin/${base}`)}
# edit the files above, then:
git add --all
git commit
git push</pre
          >`,
      });
    case 'unrelated':
      return notice({
        title: 'These branches have no commit in common',
        bad: true,
        body: html`<p>
          They cannot be merged here. Shown is how their files differ.
        </p>`,
      });
    default:
      return undefined;
  }
}

/** @internal */
export function comparePage(options: {
  context: PageContext;
  repository: RepositoryName;
  comparison: Comparison;
  /** The commit that a merge has just made. */
  merged?: string;
}): Html {
  const { context, repository, comparison, merged } = options;
  const { base, head, ahead, behind, commits, diff } = comparison;
  const { links } = context;
  const title = `${base} … ${head}`;
  return repositoryFrame({
    context,
    repository,
    ref: base,
    tab: 'branches',
    title: `Compare ${title}`,
    crumbs: [
      { label: 'Branches', href: links.branches(repository) },
      { label: title, href: links.compare(repository, base, head) },
    ],
    heading: html`Compare <span class="mono">${base}</span> with
      <span class="mono">${head}</span>`,
    body: html`${merged
        ? notice({
            title: `${head} was merged into ${base}`,
            body: html`<p>
              <a href="${links.commit(repository, merged)}"
                >Commit <code>${merged.slice(0, 10)}</code></a
              >
            </p>`,
          })
        : mergeBox({ context, repository, comparison })}
      <p>
        <a href="${links.source(repository, head)}">${head}</a> is
        ${count(ahead, 'commit')} ahead of
        <a href="${links.source(repository, base)}">${base}</a> and
        ${count(behind, 'commit')} behind.
      </p>
      ${commits.length > 0 &&
      html`<h2>Commits</h2>
        <ul class="list">
          ${commits.map(
            commit => html`<li>${commitLine(context, repository, commit)}</li>`,
          )}
        </ul>
        ${ahead > commits.length &&
        html`<p class="quiet">
          The newest ${commits.length} of ${ahead}.
          <a href="${links.commits(repository, head)}">All commits</a>
        </p>`}
        ${diffView(diff)}`}`,
  });
}
