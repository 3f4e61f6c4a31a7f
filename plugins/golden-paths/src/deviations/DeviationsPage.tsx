import { EmptyState } from '@waymark/ui';

export function DeviationsPage() {
  return <EmptyState title="Deviations">Nothing to show yet.</EmptyState>;
}
