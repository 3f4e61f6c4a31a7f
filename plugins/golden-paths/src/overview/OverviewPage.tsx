import { EmptyState } from '@waymark/ui';

export function OverviewPage() {
  return <EmptyState title="Overview">Nothing to show yet.</EmptyState>;
}
