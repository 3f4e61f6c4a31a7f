/** @internal */
export interface DiffLine {
  kind: 'context' | 'added' | 'removed' | 'note';
  text: string;
}

/** @internal */
export interface DiffHunk {
  /** The line with the places, such as `@@ -1,3 +1,4 @@ function`. */
  header: string;
  lines: DiffLine[];
}

/**
 * The part of a diff that belongs to one file. It carries no names: those are
 * quoted in a patch, and told without ambiguity by `--numstat -z` in the same order.
 *
 * @internal
 */
export interface DiffFile {
  hunks: DiffHunk[];
  binary: boolean;
}

const KINDS: Record<string, DiffLine['kind']> = {
  ' ': 'context',
  '+': 'added',
  '-': 'removed',
  '\\': 'note',
};

/**
 * Takes the unified diff apart that Git writes.
 *
 * @internal
 */
export function parseUnifiedDiff(text: string): DiffFile[] {
  const files: DiffFile[] = [];
  let file: DiffFile | undefined;
  let hunk: DiffHunk | undefined;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    // No line of a file can begin like this: it would have a sign before it
    if (line.startsWith('diff --git ')) {
      file = { hunks: [], binary: false };
      hunk = undefined;
      files.push(file);
    } else if (line.startsWith('@@ ') && file) {
      hunk = { header: line, lines: [] };
      file.hunks.push(hunk);
    } else if (line.startsWith('Binary files ') && file && !hunk) {
      file.binary = true;
    } else if (hunk && line !== '') {
      hunk.lines.push({
        kind: KINDS[line[0]] ?? 'context',
        text: line.slice(1),
      });
    }
  }
  return files;
}
