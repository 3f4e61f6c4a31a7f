/**
 * Pages, entity tab, cards and home widgets of scorecards.
 *
 * @packageDocumentation
 */
export { scorecardsPlugin as default } from './plugin';
export { scorecardsApiRef } from './api';
