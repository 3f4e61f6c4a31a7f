import type { Exemption } from '@waymark/plugin-scorecards-common';
import { useAddress } from '@waymark/ui';
import { useMemo } from 'react';
import { isExemptionState } from './exemptionStates';

/** What the tab shows, as its address says it. */
export interface ExemptionAddress {
  state?: Exemption['state'];
  rule?: string;
  owner?: string;
  change: (values: { state?: string; rule?: string; owner?: string }) => void;
}

/** Reads the address; what is no state is none. */
export function useExemptionAddress(): ExemptionAddress {
  const [query, change] = useAddress();
  return useMemo(() => {
    const state = query.get('state');
    return {
      state: isExemptionState(state) ? state : undefined,
      rule: query.get('rule') || undefined,
      owner: query.get('owner') || undefined,
      change,
    };
  }, [query, change]);
}
