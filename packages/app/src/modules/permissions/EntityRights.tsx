import { stringifyEntityRef } from '@backstage/catalog-model';
import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { ciCredentialsAccessApiRef } from '@waymark/plugin-ci-credentials';
import { useEffect, useState, type ReactNode } from 'react';
import { useParams } from 'react-router-dom';

/**
 * Asks what the reader may see of an entity before its page decides which tabs it
 * has, which it does without waiting for anything.
 */
export function EntityRights(props: { children: ReactNode }) {
  const { kind = '', namespace = '', name = '' } = useParams();
  const access = useApi(ciCredentialsAccessApiRef);
  const [known, setKnown] = useState<string>();

  // As the catalog spells it: that is how the tab will ask
  const entityRef = stringifyEntityRef({ kind, namespace, name });
  const isAsked = kind.toLowerCase() === 'component';
  useEffect(() => {
    let isCurrent = true;
    if (isAsked) {
      access
        .checkRead(entityRef)
        // Without an answer the tab is there, and says what is wrong
        .catch(() => undefined)
        .then(() => isCurrent && setKnown(entityRef));
    }
    return () => {
      isCurrent = false;
    };
  }, [access, entityRef, isAsked]);

  const isKnown =
    !isAsked || known === entityRef || access.peekRead(entityRef) !== undefined;
  return isKnown ? <>{props.children}</> : <Progress />;
}
