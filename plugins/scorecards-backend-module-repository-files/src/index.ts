/**
 * Facts for scorecards from the files of repositories.
 *
 * @packageDocumentation
 */

export { scorecardsModuleRepositoryFiles as default } from './module';
