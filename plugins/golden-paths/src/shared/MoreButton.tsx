import { Button, Flex, Text } from '@backstage/ui';
import {
  formatNumber,
  ProblemNotice,
  type ListPart,
  type MoreState,
} from '@waymark/ui';

/** Below a list in parts: how much of it is shown, and the way to more. */
export function MoreButton(props: {
  list: MoreState<ListPart>;
  /** What could not be loaded. */
  problem: string;
}) {
  const { list, problem } = props;
  const total = list.first?.totalItems;
  if (list.error !== undefined) {
    return (
      <ProblemNotice title={problem} error={list.error} onRetry={list.retry} />
    );
  }
  if (!list.items?.length) {
    return null;
  }
  return (
    <Flex align="center" gap="4">
      {list.hasMore && (
        <Button
          size="small"
          variant="secondary"
          isPending={list.isLoading}
          onPress={list.showMore}
        >
          Show more
        </Button>
      )}
      <Text as="p" variant="body-small" color="secondary" role="status">
        {total === undefined
          ? `${formatNumber(list.items.length)} shown`
          : `${formatNumber(list.items.length)} of ${formatNumber(total)}`}
      </Text>
    </Flex>
  );
}
