import { EmptyState } from '@waymark/ui';

/** Overview */
export function OverviewTab() {
  return <EmptyState title="Overview" />;
}
