import type { CiCredentialState } from '@waymark/plugin-ci-credentials-common';
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { CredentialFilter } from './useCredentials';

const STATES: string[] = ['active', 'expired', 'revoked'];

const isState = (text: string | null): text is CiCredentialState =>
  text !== null && STATES.includes(text);

/**
 * The list's filter, kept in the address so that what is seen can be linked to.
 *
 * @internal
 */
export function useFilterInAddress(): {
  filter: CredentialFilter;
  setFilter: (filter: CredentialFilter) => void;
} {
  const [params, setParams] = useSearchParams();
  const state = params.get('state');
  const entityRef = params.get('entity');

  const filter = useMemo(
    () => ({
      state: isState(state) ? state : undefined,
      entityRef: entityRef || undefined,
    }),
    [state, entityRef],
  );
  const setFilter = useCallback(
    (next: CredentialFilter) =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          for (const [name, value] of [
            ['state', next.state],
            ['entity', next.entityRef],
          ] as const) {
            if (value) {
              after.set(name, value);
            } else {
              after.delete(name);
            }
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );

  return { filter, setFilter };
}
