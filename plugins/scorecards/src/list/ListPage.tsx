import { EmptyState } from '@waymark/ui';

/** All scorecards */
export function ListPage() {
  return <EmptyState title="All scorecards" />;
}
