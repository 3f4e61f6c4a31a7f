/**
 * Ranking, word forms and freshness for the search backend.
 *
 * @packageDocumentation
 */

export { searchModuleRanking as default } from './module';
