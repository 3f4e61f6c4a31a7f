import { Flex, Skeleton } from '@backstage/ui';

/** Widths of the lines, in percent, over and over: text is never a block. */
const WIDTHS = [100, 92, 97, 64];

/**
 * Grey lines where text will stand, with a name for those who do not see them.
 *
 * @public
 */
export function LoadingLines(props: {
  /** What is on its way, as in `Loading the owners`. */
  label: string;
  /** How many lines. Default: 3. */
  lines?: number;
}) {
  const { label, lines = 3 } = props;
  return (
    <div role="status" aria-busy="true" aria-label={label}>
      <Flex direction="column" gap="2">
        {Array.from({ length: lines }, (_, line) => (
          <Skeleton
            key={line}
            height={16}
            width={`${WIDTHS[line % WIDTHS.length]}%`}
          />
        ))}
      </Flex>
    </div>
  );
}
