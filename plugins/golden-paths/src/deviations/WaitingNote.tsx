import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, ButtonLink } from '@backstage/ui';
import { goldenPathsDeviationDecidePermission } from '@waymark/plugin-golden-paths-common';
import { useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathsApiRef } from '../api';
import { rootRouteRef } from '../routes';

function Note() {
  const client = useApi(goldenPathsApiRef);
  const toRoot = useRouteRef(rootRouteRef);
  // Whoever came for something else is not told that this did not work
  const { value } = useLoaded(
    useCallback(
      signal =>
        client.getDeviations({ state: 'requested', limit: 1 }, { signal }),
      [client],
    ),
  );
  if (!value?.totalItems || !toRoot) {
    return null;
  }
  return (
    <Alert
      status="info"
      icon
      title={
        value.totalItems === 1
          ? 'One deviation waits for a decision'
          : `${value.totalItems} deviations wait for a decision`
      }
      customActions={
        <ButtonLink
          href={`${toRoot()}/deviations?state=requested`}
          variant="secondary"
          size="small"
        >
          Decide
        </ButtonLink>
      }
    />
  );
}

/** Tells who may decide on deviations how many wait for that, and leads there. */
export function WaitingNote() {
  const { allowed: mayDecide } = usePermission({
    permission: goldenPathsDeviationDecidePermission,
  });
  return mayDecide ? <Note /> : null;
}
