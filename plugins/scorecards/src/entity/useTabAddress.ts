import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { entityRouteRef } from '../routes';
import { tabQuery } from '../shared/tabQuery';

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
      return `${tab}${tabQuery({ scorecardRef, ruleId })}`;
    },
    [tab],
  );
  return tab === undefined ? undefined : address;
}
