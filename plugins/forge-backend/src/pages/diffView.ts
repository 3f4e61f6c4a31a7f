import { Diff, FileChange } from '../git/compare';
import { DiffFile, DiffLine } from '../git/diff';
import { codeBlock, codeLine } from './codeBlock';
import { html, Html } from './html';
import { count, notice } from './parts';

/** A list that is longer is of no use to a reader. */
const MAX_FILES = 300;

const SIGNS: Record<DiffLine['kind'], string> = {
  context: ' ',
  added: '+',
  removed: '-',
  note: '\\',
};

function counts(change: FileChange): Html {
  return change.added === undefined
    ? html`<span class="quiet small">not text</span>`
    : html`<span class="plus"
          >+${change.added}<span class="hidden"> lines added</span></span
        >
        <span class="minus"
          >−${change.removed ?? 0}<span class="hidden">
            lines removed</span
          ></span
        >`;
}

function name(change: FileChange): string {
  return change.previousPath
    ? `${change.previousPath} → ${change.path}`
    : change.path;
}

function patch(file: DiffFile, label: string): Html {
  if (file.binary) {
    return html`<p class="body quiet">A file that is not text.</p>`;
  }
  if (file.hunks.length === 0) {
    return html`<p class="body quiet">
      No line changed: the file was renamed, emptied or given other permissions.
    </p>`;
  }
  const lines = file.hunks.flatMap(hunk => [
    codeLine('place', hunk.header),
    ...hunk.lines.map(line =>
      codeLine(line.kind, SIGNS[line.kind] + line.text),
    ),
  ]);
  return codeBlock({ kind: 'diff', label, lines });
}

/**
 * The files that changed, and how.
 *
 * @internal
 */
export function diffView(diff: Diff): Html {
  const { files, patches, truncated } = diff;
  if (files.length === 0) {
    return html`<p>No file differs.</p>`;
  }
  const added = files.reduce((sum, file) => sum + (file.added ?? 0), 0);
  const removed = files.reduce((sum, file) => sum + (file.removed ?? 0), 0);
  const shown = patches.slice(0, MAX_FILES);
  return html`<h2>${count(files.length, 'file')} changed</h2>
    <p class="quiet">
      ${count(added, 'line')} added, ${count(removed, 'line')} removed
    </p>
    <ul class="list">
      ${files.slice(0, MAX_FILES).map(
        (file, at) => html`<li class="row">
          ${at < shown.length
            ? html`<a href="#file-${at}">${name(file)}</a>`
            : name(file)}
          <span>${counts(file)}</span>
        </li>`,
      )}
    </ul>
    ${files.length > MAX_FILES &&
    html`<p class="quiet">
      Only the first ${MAX_FILES} of ${files.length} files are listed.
    </p>`}
    ${shown.map(
      (file, at) => html`<section class="box" aria-labelledby="file-${at}">
        <div class="head">
          <h3 id="file-${at}" class="mono">${name(files[at])}</h3>
          <span>${counts(files[at])}</span>
        </div>
        ${patch(file, `Changes of ${files[at].path}`)}
      </section>`,
    )}
    ${(truncated || patches.length > shown.length) &&
    notice({
      title: 'The rest of the difference is not shown',
      body: html`<p>
        It is larger than a page may be. Clone the repository to see all of it.
      </p>`,
      bad: true,
    })}`;
}
