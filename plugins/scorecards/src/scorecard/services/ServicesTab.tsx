import { EmptyState } from '@waymark/ui';

/** Services */
export function ServicesTab() {
  return <EmptyState title="Services" />;
}
