/**
 * Facts for scorecards: which endpoints of an API have objectives.
 *
 * @packageDocumentation
 */

export { scorecardsModuleApiSlo as default } from './module';
