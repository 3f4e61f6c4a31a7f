/**
 * Facts for scorecards: who is on call, from PagerDuty.
 *
 * @packageDocumentation
 */

export { scorecardsModulePagerDuty as default } from './module';
