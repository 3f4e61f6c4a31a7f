import { ScorecardIssue } from './ScorecardIssue';

/**
 * One line: `spec.rules[3].check, column 12: there is no function fetch()`.
 *
 * @public
 */
export function formatIssue(issue: ScorecardIssue): string {
  const place = [
    issue.path || 'The scorecard',
    issue.column && `column ${issue.column}`,
  ]
    .filter(Boolean)
    .join(', ');
  return `${place}: ${issue.reason}`;
}
