/**
 * For backend plugins that pipelines call: who is calling, and what they may
 * speak for. The default export lets a backend accept pipelines as callers.
 *
 * @packageDocumentation
 */

export { ciCredentialsServiceRef } from './ciCredentialsServiceRef';
export { readGithubHosts, type GithubHost } from './config/GithubHost';
export {
  ciCredentialsTokenHandlerServiceFactory,
  ciCredentialsTokenHandlerServiceFactory as default,
} from './handler/ciCredentialsTokenHandlerServiceFactory';
export { forgetPipelines } from './service/forgetPipelines';
export { isWithinSource } from './service/isWithinSource';
export type {
  CiCredentialsService,
  CiPipeline,
  IssuedCiCredential,
} from './CiCredentialsService';
