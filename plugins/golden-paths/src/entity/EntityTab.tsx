import { EmptyState } from '@waymark/ui';

export function EntityTab() {
  return <EmptyState title="Delivery">Nothing to show yet.</EmptyState>;
}
