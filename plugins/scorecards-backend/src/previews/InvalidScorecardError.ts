import { InputError } from '@backstage/errors';
import { formatIssue, ScorecardIssue } from '@waymark/plugin-scorecards-node';

/** The message names these, the rest is in the list. */
const MAX_IN_MESSAGE = 20;

/**
 * What is wrong with a scorecard, and where.
 *
 * @internal
 */
export interface LocatedIssue extends ScorecardIssue {
  /** Of the YAML, from 1. */
  line?: number;
}

/**
 * A scorecard that is not a good one, with all that is wrong with it: in the
 * message for people, in `issues` for an editor.
 *
 * @internal
 */
export class InvalidScorecardError extends InputError {
  readonly issues: LocatedIssue[];

  constructor(issues: LocatedIssue[]) {
    const lines = issues
      .slice(0, MAX_IN_MESSAGE)
      .map(issue =>
        issue.line
          ? `line ${issue.line}: ${formatIssue(issue)}`
          : formatIssue(issue),
      );
    const more = issues.length - lines.length;
    super([...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('; '));
    this.issues = issues;
  }
}
