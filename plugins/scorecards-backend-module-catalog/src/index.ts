/**
 * Facts for scorecards from the catalog itself.
 *
 * @packageDocumentation
 */

export { scorecardsModuleCatalog as default } from './module';
