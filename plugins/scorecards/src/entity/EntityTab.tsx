import { EmptyState } from '@waymark/ui';

/** Scorecards of an entity */
export function EntityTab() {
  return <EmptyState title="Scorecards of an entity" />;
}
