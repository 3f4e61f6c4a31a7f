import { useApi } from '@backstage/frontend-plugin-api';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { useEffect, useMemo, useState } from 'react';

/**
 * For which of some entities the reader has a permission: one request for all of
 * them. Empty until the answer is there, and when there is none: what is not
 * known to be allowed is not offered.
 *
 * @public
 */
export function useEntityRights(options: {
  permission: ResourcePermission;
  entityRefs: string[];
}): Set<string> {
  const { permission, entityRefs } = options;
  const permissionApi = useApi(permissionApiRef);
  const [allowed, setAllowed] = useState(new Set<string>());

  const key = useMemo(
    () => JSON.stringify([...new Set(entityRefs)].sort()),
    [entityRefs],
  );
  useEffect(() => {
    let isCurrent = true;
    const refs: string[] = JSON.parse(key);
    Promise.all(
      refs.map(resourceRef =>
        permissionApi.authorize({ permission, resourceRef }),
      ),
    ).then(
      answers =>
        isCurrent &&
        setAllowed(
          new Set(refs.filter((_, index) => answers[index].result === 'ALLOW')),
        ),
      () => isCurrent && setAllowed(new Set()),
    );
    return () => {
      isCurrent = false;
    };
  }, [permissionApi, permission, key]);

  return allowed;
}
