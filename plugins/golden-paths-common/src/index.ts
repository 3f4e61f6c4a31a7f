/**
 * Permissions and types of the golden paths plugin.
 *
 * @packageDocumentation
 */

export * from './permissions';
export * from './types';
