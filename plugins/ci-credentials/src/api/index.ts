export { ciCredentialsApiRef } from './ciCredentialsApiRef';
export {
  ciCredentialsAccessApiRef,
  type CiCredentialsAccessApi,
  type OverallAccess,
} from './CiCredentialsAccessApi';
export { RememberedAccess } from './RememberedAccess';
