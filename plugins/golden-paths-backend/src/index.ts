/**
 * Intake of what happens to services: webhooks and CDEvents.
 *
 * @packageDocumentation
 */

export { goldenPathsPlugin as default } from './plugin';
