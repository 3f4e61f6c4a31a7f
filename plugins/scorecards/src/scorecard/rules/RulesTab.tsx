import { EmptyState } from '@waymark/ui';

/** Rules */
export function RulesTab() {
  return <EmptyState title="Rules" />;
}
