/**
 * What the parts of the CI credentials plugin share: types, permissions and the
 * client.
 *
 * @packageDocumentation
 */

export { CiCredentialsClient } from './CiCredentialsClient';
export * from './permissions';
export * from './types';
export type { CiCredentialsApi } from './CiCredentialsApi';
