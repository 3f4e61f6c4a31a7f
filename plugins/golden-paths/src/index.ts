/**
 * Pages and entity tab of delivery.
 *
 * @packageDocumentation
 */
export { goldenPathsPlugin as default } from './plugin';
export { goldenPathsApiRef } from './api';
