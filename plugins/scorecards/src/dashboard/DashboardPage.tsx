import { EmptyState } from '@waymark/ui';

/** The organization */
export function DashboardPage() {
  return <EmptyState title="The organization" />;
}
