import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { entityRouteRef } from '../routes';

/** A scorecard as the address of the tab names it: `default/production-readiness`. */
export function scorecardParam(scorecardRef: string): string {
  const { namespace, name } = parseEntityRef(scorecardRef);
  return `${namespace}/${name}`;
}

/**
 * The address of a scorecard, or of a rule, in the tab of the entity whose page this
 * is.
 *
 * @returns undefined in an app without the tab
 */
export function useTabAddress():
  | ((scorecardRef: string, ruleId?: string) => string)
  | undefined {
  const tab = useRouteRef(entityRouteRef)?.();
  const address = useCallback(
    (scorecardRef: string, ruleId?: string) => {
      const query = new URLSearchParams({
        scorecard: scorecardParam(scorecardRef),
        ...(ruleId !== undefined && { rule: ruleId }),
      });
      // Slashes may stand in a query, and are easier to read and to write
      return `${tab}?${String(query).replaceAll('%2F', '/')}`;
    },
    [tab],
  );
  return tab === undefined ? undefined : address;
}
