import { EmptyState } from '@waymark/ui';

/** How a group stands */
export function GroupCard() {
  return <EmptyState title="How a group stands" />;
}
