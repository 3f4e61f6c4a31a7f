import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Skeleton } from '@backstage/ui';
import { ciCredentialCreatePermission } from '@waymark/plugin-ci-credentials-common';
import { ProblemNotice, useEntityRights, useLoaded } from '@waymark/ui';
import { useCallback, useMemo } from 'react';
import { ciCredentialsAccessApiRef, ciCredentialsApiRef } from '../api';
import { CredentialList } from '../list/CredentialList';
import { ForbiddenNotice } from '../shared/ForbiddenNotice';

/**
 * The credentials that speak for the entity on whose page this is.
 *
 * @internal
 */
export function EntityCredentials() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const client = useApi(ciCredentialsApiRef);
  const access = useApi(ciCredentialsAccessApiRef);

  const { value, error, retry } = useLoaded(
    useCallback(async () => {
      const [settings, mayRead] = await Promise.all([
        client.getSettings(),
        access.checkRead(entityRef),
      ]);
      return { settings, mayRead };
    }, [client, access, entityRef]),
  );
  const creatable = useEntityRights({
    permission: ciCredentialCreatePermission,
    entityRefs: useMemo(() => [entityRef], [entityRef]),
  });

  if (error) {
    return (
      <ProblemNotice
        title="CI credentials cannot be shown"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <Skeleton height={240} aria-label="Loading CI credentials" />;
  }
  if (!value.mayRead) {
    return (
      <ForbiddenNotice title="You may not see the CI credentials of this component">
        They are shown to its owners, and to those who oversee the portal.
      </ForbiddenNotice>
    );
  }
  return (
    <CredentialList
      settings={value.settings}
      entityRef={entityRef}
      mayCreate={creatable.has(entityRef)}
    />
  );
}
