import {
  configApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';
import { askForGroups } from './layout/askForGroups';
import { asksForGroups } from './layout/readLayout';
import { readReader } from './personal/Reader';

/**
 * Fetches what the home page will need while its reader still signs in and the
 * portal finds out what they may do.
 */
export function HeadStart() {
  const configApi = useApi(configApiRef);
  const identityApi = useApi(identityApiRef);
  const catalogApi = useApi(catalogApiRef);
  const first = useRef(useLocation().pathname);

  useEffect(() => {
    if (first.current !== '/') {
      return;
    }
    async function fetchAhead() {
      await Promise.all([
        import('./parts'),
        asksForGroups(configApi) &&
          // Waits for somebody to be signed in
          readReader(identityApi).then(({ groups }) =>
            askForGroups({ catalogApi, groups }),
          ),
      ]);
    }
    // The page asks again, and says what is wrong
    fetchAhead().catch(() => undefined);
  }, [configApi, identityApi, catalogApi]);

  return null;
}
