import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Flex, Text } from '@backstage/ui';
import type { CiCredential } from '@waymark/plugin-ci-credentials-common';

/**
 * What a credential may speak for.
 *
 * @internal
 */
export function EntityLinks(props: { credential: CiCredential }) {
  const { entityRefs, hiddenEntities } = props.credential;
  return (
    <Flex direction="column" gap="1">
      {entityRefs.map(ref => (
        <EntityRefLink
          key={ref}
          entityRef={ref}
          defaultKind="component"
          hideIcon
        />
      ))}
      {hiddenEntities > 0 && (
        <Text variant="body-small" color="secondary">
          and {hiddenEntities} more that you may not see
        </Text>
      )}
    </Flex>
  );
}
