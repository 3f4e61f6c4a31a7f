import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { ciCredentialsAccessApiRef } from '@waymark/plugin-ci-credentials';
import { useEffect, useState } from 'react';

/** Whether the reader may create something; undefined until known. */
export function useMayCreate(): boolean | undefined {
  const { loading, allowed } = usePermission({
    permission: taskCreatePermission,
  });
  return loading ? undefined : allowed;
}

/** Whether there may be CI credentials that the reader may see; not until known. */
export function useMaySeeCredentials(): boolean {
  const access = useApi(ciCredentialsAccessApiRef);
  const [mayRead, setMayRead] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    access.getOverall().then(
      ({ read }) => isCurrent && setMayRead(read),
      // The page itself says what is wrong, to whom opens it
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [access]);
  return mayRead;
}
