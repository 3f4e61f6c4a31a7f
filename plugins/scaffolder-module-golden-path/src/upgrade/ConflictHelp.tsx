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
        title="Git cannot have both what you and the golden path changed"
        description={`${conflicts
          .map(({ message }) => message.replace(/\.?$/, '.'))
          .join(' ')} Nothing is merged before you have decided.`}
      />
      <Text as="p">
        Once it is proposed, bring your branch into the proposed one, edit the
        files that Git names, and push:
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
