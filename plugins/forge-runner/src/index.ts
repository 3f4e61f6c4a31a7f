/**
 * Pipelines and running services on the pages of their components.
 *
 * @packageDocumentation
 */
export { forgeRunnerPlugin as default } from './plugin';
export { forgeRunnerApiRef } from './api';
