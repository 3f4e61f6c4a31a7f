/**
 * Facts, rules, outcomes, history and reports of scorecards.
 *
 * @packageDocumentation
 */

export { scorecardsPlugin as default } from './plugin';
