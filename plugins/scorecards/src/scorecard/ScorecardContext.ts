import type { ScorecardSummary } from '@waymark/plugin-scorecards-common';
import { createContext, useContext } from 'react';

/** The scorecard of the page. */
export const ScorecardContext = createContext<ScorecardSummary | undefined>(
  undefined,
);

/** @throws Error outside of the page of a scorecard */
export function useScorecard(): ScorecardSummary {
  const scorecard = useContext(ScorecardContext);
  if (!scorecard) {
    throw new Error('There is no scorecard outside of its page');
  }
  return scorecard;
}
