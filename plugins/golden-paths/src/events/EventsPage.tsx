import { EmptyState } from '@waymark/ui';

export function EventsPage() {
  return <EmptyState title="Events">Nothing to show yet.</EmptyState>;
}
