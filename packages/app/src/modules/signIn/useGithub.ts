import { UserIdentity } from '@backstage/core-components';
import {
  githubAuthApiRef,
  useApi,
  type IdentityApi,
} from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';

/**
 * Signs in with GitHub. Without `interactive` only a session that is still there
 * is taken up, and nothing happens when there is none.
 */
export function useGithub(): (options: {
  interactive: boolean;
}) => Promise<IdentityApi | undefined> {
  const authApi = useApi(githubAuthApiRef);
  return useCallback(
    async ({ interactive }) => {
      const response = await authApi.getBackstageIdentity(
        interactive ? { instantPopup: true } : { optional: true },
      );
      if (!response) {
        if (interactive) {
          throw new Error(
            'The portal signed you in and did not say who you are.',
          );
        }
        return undefined;
      }
      return UserIdentity.create({
        identity: response.identity,
        profile: await authApi.getProfile(),
        authApi,
      });
    },
    [authApi],
  );
}
