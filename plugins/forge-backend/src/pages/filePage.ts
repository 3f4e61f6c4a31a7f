import { Commit, TreeEntry } from '../git/types';
import { RepositoryName } from '../repositories/Repository';
import { codeBlock, codeLine } from './codeBlock';
import { html, Html } from './html';
import { PageContext } from './layout';
import { pathCrumbs, refMenu } from './navigation';
import { bytes, commitLine } from './parts';
import { repositoryFrame } from './repositoryFrame';

/**
 * What of a file can be shown.
 *
 * @internal
 */
export type FileContent =
  | { kind: 'text'; text: string }
  | { kind: 'markdown'; content: Html }
  | { kind: 'picture' }
  | { kind: 'binary' }
  | { kind: 'link'; target: string }
  | { kind: 'tooLarge'; maxBytes: number };

/**
 * The lines of a text, numbered by the style sheet so that copying leaves the
 * numbers out.
 */
function numbered(text: string, label: string): Html {
  const lines = text.replace(/\n$/, '').split('\n');
  return codeBlock({
    kind: 'numbered',
    label,
    lines: lines.map((line, at) =>
      codeLine('', line.replace(/\r$/, ''), `L${at + 1}`),
    ),
  });
}

function body(entry: TreeEntry, content: FileContent, raw: string): Html {
  switch (content.kind) {
    case 'text':
      return content.text === ''
        ? html`<p class="body quiet">This file is empty.</p>`
        : numbered(content.text, `Lines of ${entry.name}`);
    case 'markdown':
      return html`<article class="body markdown">${content.content}</article>`;
    case 'picture':
      return html`<div class="body">
        <img class="picture" src="${raw}" alt="${entry.name}" />
      </div>`;
    case 'link':
      return html`<p class="body">
        A symbolic link to <code>${content.target}</code>. Links are not
        followed here.
      </p>`;
    case 'binary':
      return html`<p class="body">
        This file is not text. <a href="${raw}">Download it</a> to look at it.
      </p>`;
    case 'tooLarge':
      return html`<p class="body">
        This file has ${bytes(entry.size)}, more than the
        ${bytes(content.maxBytes)} that a page shows.
        <a href="${raw}">Open it as it is</a>, or clone the repository.
      </p>`;
    default:
      throw new Error('Unknown kind of content');
  }
}

/** @internal */
export function filePage(options: {
  context: PageContext;
  repository: RepositoryName;
  refName: string;
  branches: readonly string[];
  entry: TreeEntry;
  content: FileContent;
  lastCommit: Commit;
  /** Whether a Markdown file is shown as it was written. */
  plain: boolean;
}): Html {
  const { context, repository, refName, entry, content, lastCommit } = options;
  const { links } = context;
  const { path } = entry;
  const raw = links.raw(repository, refName, path);
  const isMarkdown = /\.(md|markdown)$/i.test(entry.name);
  return repositoryFrame({
    context,
    repository,
    ref: refName,
    tab: 'files',
    title: path,
    crumbs: pathCrumbs({ context, repository, refName, path }),
    heading: path,
    body: html`<div class="bar">
        ${refMenu({ ...options, path, view: 'source' })}
        <span class="small"
          >${bytes(entry.size)} · <a href="${raw}">Raw</a> ·
          <a href="${links.commits(repository, refName, path)}">History</a>
          ${isMarkdown &&
          (options.plain
            ? html`· <a href="?">Rendered</a>`
            : html`· <a href="?plain=1">Source</a>`)}
        </span>
      </div>
      <section class="box" aria-labelledby="file">
        <h2 class="hidden" id="file">Content of ${entry.name}</h2>
        <div class="head">${commitLine(context, repository, lastCommit)}</div>
        ${body(entry, content, raw)}
      </section>`,
  });
}
