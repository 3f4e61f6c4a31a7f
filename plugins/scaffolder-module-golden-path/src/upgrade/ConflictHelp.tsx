import { Alert, Flex, Text } from '@backstage/ui';
import { CodeBlock } from '@waymark/ui';
import type { UpgradePreview } from '../api';

/**
 * That Git cannot have both, in its own words, and how one decides.
 *
 * @internal
 */
export function ConflictHelp(props: {
  conflicts: UpgradePreview['conflicts'];
  /** Where the upgrade is, or will be. */
  branch: string;
}) {
  const { conflicts, branch } = props;
  return (
    <Flex direction="column" gap="3">
      <Alert
        status="warning"
        icon
        title="You and the golden path changed the same lines"
        description={`${conflicts
          .map(({ message }) => message)
          .join(
            ' ',
          )} Have it proposed all the same: nothing is merged before you have decided.`}
      />
      <Text as="p">
        To decide, bring your branch into the proposed one, edit the files that
        Git names, and push:
      </Text>
      <CodeBlock
        label="How conflicts are solved"
        copyLabel="Copy the commands"
      >{`git fetch origin
git switch ${branch}
git merge origin/HEAD
# edit the files that Git names, then:
git add --all
git commit
git push`}</CodeBlock>
    </Flex>
  );
}
