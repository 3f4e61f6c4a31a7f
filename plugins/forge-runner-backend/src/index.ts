/**
 * Runs the pipelines of the embedded forge on this machine, and starts their
 * services.
 *
 * @packageDocumentation
 */
export { forgeRunnerPlugin as default } from './plugin';
