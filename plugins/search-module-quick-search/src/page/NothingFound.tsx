import { Button } from '@backstage/ui';
import { EmptyState, LoadingLines } from '@waymark/ui';

/** There is nothing, or nothing yet. @internal */
export function NothingFound(props: {
  term: string;
  /** Whether everything can be found; undefined until that is known. */
  isWhole?: boolean;
  onWiden?: () => void;
}) {
  const { isWhole, onWiden, term } = props;
  if (isWhole === undefined) {
    return <LoadingLines label="Searching" lines={6} />;
  }
  if (!isWhole) {
    return (
      <EmptyState title="Search is still reading the catalog" headingLevel="h2">
        This takes a few seconds after a start. Results appear here by
        themselves.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={term ? `Nothing found for “${term}”` : 'There is nothing of this'}
      headingLevel="h2"
      action={
        onWiden && (
          <Button variant="secondary" onPress={onWiden}>
            Search everything
          </Button>
        )
      }
    >
      Try fewer words, or only the beginning of one. What you may not see is not
      found either.
    </EmptyState>
  );
}
