/**
 * Auth module for sign-in with GitHub of people who are in the catalog, and of
 * nobody else.
 *
 * @packageDocumentation
 */

export { authModuleGithubCatalogUser as default } from './module';
