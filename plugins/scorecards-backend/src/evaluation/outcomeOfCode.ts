import { RULE_OUTCOMES, RuleOutcome } from '@waymark/plugin-scorecards-common';
import { OUTCOME_CODES } from '../database/outcomeCodes';

/**
 * The outcome of each code.
 *
 * @internal
 */
export const OUTCOME_OF_CODE: readonly RuleOutcome[] = RULE_OUTCOMES.reduce<
  RuleOutcome[]
>((all, outcome) => {
  all[OUTCOME_CODES[outcome]] = outcome;
  return all;
}, []);
