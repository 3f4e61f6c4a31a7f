/**
 * Kind `Scorecard` in the catalog.
 *
 * @packageDocumentation
 */

export { catalogModuleScorecards as default } from './module';
