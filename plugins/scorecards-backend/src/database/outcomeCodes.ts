import { RuleOutcome } from '@waymark/plugin-scorecards-common';

/**
 * How outcomes are stored. Never change a number.
 *
 * @internal
 */
export const OUTCOME_CODES: { readonly [outcome in RuleOutcome]: number } = {
  pass: 1,
  fail: 2,
  exempt: 3,
  notApplicable: 4,
  noData: 5,
  error: 6,
};
