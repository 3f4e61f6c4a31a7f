import { Commit } from '../git/types';
import { RepositoryName } from '../repositories/Repository';
import { html, Html, HtmlValue } from './html';
import { PageContext } from './layout';

const DATE = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** @internal */
export function time(date: Date | string): Html {
  const value = new Date(date);
  // A commit may carry any date its author's machine believed in
  if (Number.isNaN(value.getTime())) {
    return html`<span class="quiet">at an unknown time</span>`;
  }
  return html`<time datetime="${value.toISOString()}"
    >${DATE.format(value)} UTC</time
  >`;
}

/** @internal */
export function bytes(size: number): string {
  if (size < 1000) {
    return size === 1 ? '1 byte' : `${size} bytes`;
  }
  return size < 1_000_000
    ? `${(size / 1000).toFixed(1)} kB`
    : `${(size / 1_000_000).toFixed(1)} MB`;
}

/** @internal */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** The first line of what a commit says of itself. */
function subject(commit: Commit): string {
  return commit.message.split('\n', 1)[0] || '(no message)';
}

function commitLink(
  context: PageContext,
  repository: RepositoryName,
  commit: Commit,
): Html {
  return html`<a href="${context.links.commit(repository, commit.id)}"
    >${subject(commit)}</a
  >`;
}

/** @internal */
export function commitLine(
  context: PageContext,
  repository: RepositoryName,
  commit: Commit,
): Html {
  return html`<div class="row">
    <span>${commitLink(context, repository, commit)}</span>
    <span class="quiet small"
      >${commit.author.name}, ${time(commit.author.date)} ·
      <code>${commit.id.slice(0, 10)}</code></span
    >
  </div>`;
}

/** @internal */
export function notice(options: {
  title: string;
  body?: HtmlValue;
  bad?: boolean;
}): Html {
  const { title, body, bad } = options;
  return html`<section class="notice${bad && ' bad'}">
    <h2>${title}</h2>
    ${body}
  </section>`;
}

/** @internal */
export function pager(options: {
  page: number;
  more: boolean;
  newer: string;
  older: string;
}): Html | undefined {
  const { page, more, newer, older } = options;
  if (page === 1 && !more) {
    return undefined;
  }
  return html`<nav class="pages" aria-label="Pages">
    <span
      >${page > 1 &&
      html`<a href="?page=${page - 1}" rel="prev">← ${newer}</a>`}</span
    >
    <span
      >${more &&
      html`<a href="?page=${page + 1}" rel="next">${older} →</a>`}</span
    >
  </nav>`;
}
