/**
 * Permissions, types and client of the forge runner.
 *
 * @packageDocumentation
 */
export * from './permissions';
export * from './types';
export type { ForgeRunnerApi } from './ForgeRunnerApi';
export { ForgeRunnerClient } from './ForgeRunnerClient';
