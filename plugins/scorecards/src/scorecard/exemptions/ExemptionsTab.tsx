import { EmptyState } from '@waymark/ui';

/** Exemptions */
export function ExemptionsTab() {
  return <EmptyState title="Exemptions" />;
}
