import {
  CiCredential,
  CiCredentialPage,
  CiCredentialSettings,
  CreateCiCredentialRequest,
  CreatedCiCredential,
  ListCiCredentialsRequest,
} from './types';

/**
 * What can be done with CI credentials. All methods throw a `ResponseError` of
 * `@backstage/errors` when the backend refuses.
 *
 * @public
 */
export interface CiCredentialsApi {
  /** The credentials that the caller may see. */
  list(
    request?: ListCiCredentialsRequest,
    options?: { signal?: AbortSignal },
  ): Promise<CiCredentialPage>;

  create(request: CreateCiCredentialRequest): Promise<CreatedCiCredential>;

  /**
   * Ends a credential at once. One that has ended stays as it is.
   *
   * @param request - `reason` is shown to those who look at it later, at most
   * 500 characters
   */
  revoke(request: { id: string; reason?: string }): Promise<CiCredential>;

  getSettings(options?: {
    signal?: AbortSignal;
  }): Promise<CiCredentialSettings>;
}
