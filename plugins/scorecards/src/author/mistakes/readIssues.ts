import { ResponseError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';

/** What is wrong with a scorecard, and where, as the backend says it. */
export interface Issue {
  /** Such as `spec.rules[3].check`; empty for the whole. */
  path: string;
  reason: string;
  /** Of the YAML, from 1. */
  line?: number;
  /** In an expression, from 1. */
  column?: number;
  /** Of an expression of several lines, from 1. */
  expressionLine?: number;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const numberOf = (value: unknown) =>
  typeof value === 'number' ? value : undefined;

/** @returns what is wrong with the scorecard; undefined when that is not the reason */
export function readIssues(error: unknown): Issue[] | undefined {
  if (!(error instanceof ResponseError) || error.statusCode !== 400) {
    return undefined;
  }
  const { issues } = error.body.error as { issues?: unknown };
  if (!Array.isArray(issues) || issues.length === 0) {
    return undefined;
  }
  return issues.filter(isObject).map(issue => ({
    path: String(issue.path ?? ''),
    reason: String(issue.reason ?? ''),
    line: numberOf(issue.line),
    column: numberOf(issue.column),
    expressionLine: numberOf(issue.expressionLine),
  }));
}
