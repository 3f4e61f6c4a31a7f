import { EmptyState } from '@waymark/ui';

/** How an entity stands */
export function EntityCard() {
  return <EmptyState title="How an entity stands" />;
}
