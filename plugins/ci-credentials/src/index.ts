/**
 * Pages on which people make, see and revoke the credentials of their pipelines.
 *
 * @packageDocumentation
 */
export { ciCredentialsPlugin as default } from './plugin';
export {
  ciCredentialsAccessApiRef,
  ciCredentialsApiRef,
  type CiCredentialsAccessApi,
  type OverallAccess,
} from './api';
