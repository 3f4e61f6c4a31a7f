import { stringifyEntityRef } from '@backstage/catalog-model';
import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { ciCredentialsAccessApiRef } from '@waymark/plugin-ci-credentials';
import { useEffect, useState, type ReactNode } from 'react';
import { useLocation, useParams } from 'react-router-dom';
import { ForbiddenPage } from './ForbiddenPage';

/**
 * Asks what the reader may see of an entity before its page decides which tabs it
 * has, which it does without waiting for anything.
 */
export function EntityRights(props: { children: ReactNode }) {
  const { kind = '', namespace = '', name = '' } = useParams();
  const { pathname } = useLocation();
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
  if (!isKnown) {
    return <Progress />;
  }
  // A link from a colleague: without its tab the page would say that the address
  // may be mistyped
  if (
    isAsked &&
    /\/ci-access\/?$/.test(pathname) &&
    access.peekRead(entityRef) === false
  ) {
    return (
      <ForbiddenPage
        what="see the CI credentials of this component"
        who="They are shown to its owners, and to those who oversee the portal."
      />
    );
  }
  return <>{props.children}</>;
}
