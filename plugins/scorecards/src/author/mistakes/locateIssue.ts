import type { Issue } from './readIssues';

/** A mistake at its place in the text. */
export interface Mark {
  /** Offsets in the text. */
  from: number;
  to: number;
  /** From 1. */
  line: number;
  /** In that line, from 1; absent when it is about all of it. */
  column?: number;
  /** Of the scorecard: `spec.rules[3].check`. */
  path: string;
  message: string;
}

/** Where the value of a key begins in its line, behind a quote if there is one. */
function startOfValue(line: string, path: string): number {
  const key = path.match(/[^.[\]]+$/)?.[0] ?? '';
  const found = line.match(new RegExp(`\\b${key}["']?\\s*:\\s*["']?`));
  return found?.index === undefined
    ? line.search(/\S|$/)
    : found.index + found[0].length;
}

/**
 * Finds the place that an issue is about: the backend names the line of the value;
 * within an expression it counts lines and columns of its own.
 */
export function locateIssue(text: string, issue: Issue): Mark {
  const lines = text.split('\n');
  const { path, reason, column, expressionLine = 1 } = issue;
  const message = path ? `${path}: ${reason}` : reason;
  const clamp = (line: number) => Math.min(Math.max(line, 1), lines.length);
  const first = clamp(issue.line ?? 1);
  const isBlock = /[|>][+-]?\d*\s*(#.*)?$/.test(lines[first - 1]);

  const line =
    column === undefined
      ? first
      : clamp(first + (isBlock ? expressionLine : expressionLine - 1));
  const content = lines[line - 1];
  const before = lines
    .slice(0, line - 1)
    .reduce((offset, each) => offset + each.length + 1, 0);
  const indent = content.search(/\S|$/);
  const end = before + content.trimEnd().length;
  if (column === undefined) {
    return { from: before + indent, to: end, line, path, message };
  }

  // Of a block, the indentation of its first line is no part of the value
  let start = startOfValue(content, path);
  if (isBlock) {
    start = (lines[first] ?? '').search(/\S|$/);
  } else if (line > first) {
    start = indent;
  }
  const from = Math.min(before + start + column - 1, end);
  return {
    from: Math.min(from, Math.max(end - 1, before)),
    to: end,
    line,
    column: from - before + 1,
    path,
    message,
  };
}
