import { EmptyState } from '@waymark/ui';

/** Heat map */
export function HeatMapTab() {
  return <EmptyState title="Heat map" />;
}
