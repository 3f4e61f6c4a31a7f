import {
  checkFixValues,
  SCORECARD_LIMITS,
  ScorecardRule,
} from '@waymark/plugin-scorecards-common';
import { CheckError } from '../CheckError';
import { compileCheck } from '../compileCheck';
import { maxAgeMillis } from '../maxAge';
import { ScorecardIssue } from '../ScorecardIssue';
import { predicateReason } from './predicate';
import { linkReason, refReason, timeReason } from './values';

/** A century: more is a mistake, and dates end somewhere. */
const MAX_AGE = 100 * 366 * 24 * 3_600_000;

function checkIssue(check: string): Omit<ScorecardIssue, 'path'> | undefined {
  try {
    compileCheck(check);
    return undefined;
  } catch (error) {
    if (error instanceof CheckError) {
      const { reason, column, line } = error;
      return {
        reason,
        ...(column !== undefined && { column }),
        ...(line !== undefined && { expressionLine: line }),
      };
    }
    throw error;
  }
}

function maxAgeReason(maxAge: ScorecardRule['maxAge']): string | undefined {
  const millis = maxAgeMillis(maxAge) ?? 1;
  if (!(millis > 0)) {
    return 'must be more than nothing';
  }
  return millis > MAX_AGE ? 'must be less than 100 years' : undefined;
}

/**
 * What is wrong with a rule of right structure.
 *
 * @internal
 */
export function ruleIssues(options: {
  rule: ScorecardRule;
  levels: string[];
  namespace: string;
}): ScorecardIssue[] {
  const { rule, levels, namespace } = options;
  const reasons: { [path: string]: string | undefined } = {
    level:
      rule.level === undefined || levels.includes(rule.level)
        ? undefined
        : `is not one of the levels ${levels.join(', ')}`,
    appliesTo: rule.appliesTo && predicateReason(rule.appliesTo as object),
    effectiveFrom: rule.effectiveFrom && timeReason(rule.effectiveFrom),
    maxAge: rule.maxAge && maxAgeReason(rule.maxAge),
    'fix.link': rule.fix?.link && linkReason(rule.fix.link),
    'fix.template':
      rule.fix?.template &&
      refReason(rule.fix.template, { kinds: ['template'], namespace }),
    'fix.values':
      JSON.stringify(rule.fix?.values ?? {}).length >
      SCORECARD_LIMITS.valuesLength
        ? `has more than ${SCORECARD_LIMITS.valuesLength} characters`
        : undefined,
  };
  const issues: ScorecardIssue[] = [];
  for (const [path, reason] of Object.entries(reasons)) {
    if (reason) {
      issues.push({ path, reason });
    }
  }
  for (const { path, reason } of checkFixValues(rule.fix?.values ?? {})) {
    issues.push({ path: `fix.values.${path}`, reason });
  }
  const inCheck = checkIssue(rule.check);
  if (inCheck) {
    issues.push({ path: 'check', ...inCheck });
  }
  return issues;
}
