import { EmptyState } from '@waymark/ui';

/** How the team stands */
export function TeamScorecards() {
  return <EmptyState title="How the team stands" />;
}
