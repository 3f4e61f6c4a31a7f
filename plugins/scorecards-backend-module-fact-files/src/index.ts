/**
 * Facts for scorecards from files beside the portal.
 *
 * @packageDocumentation
 */

export { scorecardsModuleFactFiles as default } from './module';
