import { EmptyState } from '@waymark/ui';

export function NewServicesPage() {
  return <EmptyState title="New services">Nothing to show yet.</EmptyState>;
}
