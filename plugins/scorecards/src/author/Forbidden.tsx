import { EmptyState } from '@waymark/ui';

/** To those who may not see scorecards at all. */
export function Forbidden() {
  return (
    <EmptyState headingLevel="h2" title="Scorecards are not open to you">
      To try one, you need the permissions{' '}
      <code>scorecards.scorecard.read</code> and, of at least some entities,{' '}
      <code>scorecards.evaluation.run</code>. Whoever runs this portal can give
      them to you.
    </EmptyState>
  );
}
