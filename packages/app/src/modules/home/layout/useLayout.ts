import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useEffect, useMemo, useState } from 'react';
import type { Reader } from '../personal/Reader';
import { askForGroups } from './askForGroups';
import { asksForGroups, readLayout, type Layout } from './readLayout';

/** The page that the reader's groups have by default; undefined until known. */
export function useLayout(reader: Reader): Layout | undefined {
  const configApi = useApi(configApiRef);
  const catalogApi = useApi(catalogApiRef);
  const isAsked = useMemo(() => asksForGroups(configApi), [configApi]);
  const [groups, setGroups] = useState<string[] | undefined>(
    isAsked && reader.groups.length > 0 ? undefined : reader.groups,
  );

  useEffect(() => {
    let isCurrent = true;
    if (isAsked) {
      askForGroups({ catalogApi, groups: reader.groups })
        // Without the catalog there are the groups of the session
        .catch(() => reader.groups)
        .then(found => isCurrent && setGroups(found));
    }
    return () => {
      isCurrent = false;
    };
  }, [isAsked, catalogApi, reader]);

  return useMemo(
    () => groups && readLayout(configApi, groups),
    [configApi, groups],
  );
}
