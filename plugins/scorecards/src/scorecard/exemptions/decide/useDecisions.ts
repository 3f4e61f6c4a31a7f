import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  scorecardsExemptionDecidePermission,
  type Exemption,
} from '@waymark/plugin-scorecards-common';
import { useEntityRights, useLoaded } from '@waymark/ui';
import { useCallback, useMemo } from 'react';
import type { Decision } from './decisions';

/**
 * What the reader may do with each of some exemptions: asked once for all of them.
 *
 * @returns a function that says it of one; nothing before it is known
 */
export function useDecisions(
  exemptions: Exemption[],
): (exemption: Exemption) => Decision[] {
  const identityApi = useApi(identityApiRef);
  const { value: identity } = useLoaded(
    useCallback(() => identityApi.getBackstageIdentity(), [identityApi]),
  );
  const allowed = useEntityRights({
    permission: scorecardsExemptionDecidePermission,
    entityRefs: useMemo(
      () =>
        exemptions
          .filter(({ state }) => state === 'requested' || state === 'approved')
          .map(({ entityRef }) => entityRef),
      [exemptions],
    ),
  });

  return useCallback(
    ({ state, entityRef, requestedBy }) => {
      const isOwn = identity?.userEntityRef === requestedBy;
      if (state === 'requested') {
        // Somebody else has to approve what one asked for
        if (isOwn) {
          return ['takeBack'];
        }
        return allowed.has(entityRef) ? ['approve', 'deny'] : [];
      }
      return state === 'approved' && (isOwn || allowed.has(entityRef))
        ? ['revoke']
        : [];
    },
    [identity, allowed],
  );
}
