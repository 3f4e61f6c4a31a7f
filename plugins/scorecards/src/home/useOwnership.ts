import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useLoaded } from '@waymark/ui';
import { useCallback } from 'react';

/** As whom the signed-in reader owns things: refs of the user and of their groups. */
export function useOwnership() {
  const identityApi = useApi(identityApiRef);
  return useLoaded(
    useCallback(
      async () =>
        (await identityApi.getBackstageIdentity()).ownershipEntityRefs,
      [identityApi],
    ),
  );
}
