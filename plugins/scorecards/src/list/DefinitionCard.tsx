import { EmptyState } from '@waymark/ui';

/** The way from a scorecard in the catalog to its page */
export function DefinitionCard() {
  return (
    <EmptyState title="The way from a scorecard in the catalog to its page" />
  );
}
