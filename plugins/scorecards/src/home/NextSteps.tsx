import { EmptyState } from '@waymark/ui';

/** Next steps */
export function NextSteps() {
  return <EmptyState title="Next steps" />;
}
