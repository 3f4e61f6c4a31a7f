import { EmptyState } from '@waymark/ui';

/** Try a scorecard */
export function AuthorPage() {
  return <EmptyState title="Try a scorecard" />;
}
