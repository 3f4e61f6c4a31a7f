/**
 * Catalog module that brings new repositories of GitHub in at once.
 *
 * @packageDocumentation
 */

export { catalogModuleGithubArrivals as default } from './module';
