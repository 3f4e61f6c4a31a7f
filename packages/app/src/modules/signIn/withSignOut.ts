import type { IdentityApi } from '@backstage/frontend-plugin-api';

/** The same identity, which does something more when it signs out. */
export function withSignOut(
  identity: IdentityApi,
  onSignOut: () => void,
): IdentityApi {
  return {
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    getProfileInfo: () => identity.getProfileInfo(),
    async signOut() {
      onSignOut();
      await identity.signOut();
    },
  };
}
