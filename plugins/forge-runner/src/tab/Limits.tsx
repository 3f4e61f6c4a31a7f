import { Text } from '@backstage/ui';
import type { Isolation } from '@waymark/plugin-forge-runner-common';

/** What this machine does not enforce. */
export function Limits(props: { isolation: Isolation }) {
  return (
    <Text as="p" variant="body-small" color="secondary">
      Runs on the machine of the portal, for development only.{' '}
      {props.isolation.notEnforced.join(' ')}
    </Text>
  );
}
