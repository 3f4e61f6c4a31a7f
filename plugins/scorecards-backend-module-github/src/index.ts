/**
 * Facts for scorecards: default branch and its protection, from GitHub.
 *
 * @packageDocumentation
 */

export { scorecardsModuleGithub as default } from './module';
