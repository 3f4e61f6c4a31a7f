import { EmptyState } from '@waymark/ui';

export function TemplatesPage() {
  return <EmptyState title="Golden paths">Nothing to show yet.</EmptyState>;
}
