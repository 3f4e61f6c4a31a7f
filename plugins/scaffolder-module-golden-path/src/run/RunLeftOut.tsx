import { Flex, Text } from '@backstage/ui';
import { LeftOutList } from '../parts/LeftOutList';
import { readLeftOut } from '../parts/Part';
import type { Run } from './readRun';

/**
 * What the answers of a run left out, and why.
 *
 * @internal
 */
export function RunLeftOut(props: { run: Run }) {
  const leftOut = readLeftOut(props.run.task.spec.parameters?.leftOut);
  if (leftOut.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="left-out">
      <Flex direction="column" gap="3">
        <Text as="h2" id="left-out" variant="title-x-small" weight="bold">
          Left out
        </Text>
        <LeftOutList leftOut={leftOut} />
      </Flex>
    </section>
  );
}
