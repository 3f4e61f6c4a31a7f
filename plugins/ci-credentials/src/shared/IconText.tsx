import { Text, type TextColorStatus } from '@backstage/ui';
import type { RemixiconComponentType } from '@remixicon/react';

/**
 * A word with the icon that means the same: no meaning hangs on a colour alone.
 *
 * @internal
 */
export function IconText(props: {
  Icon: RemixiconComponentType;
  color?: TextColorStatus;
  children: string;
}) {
  const { Icon, color, children } = props;
  return (
    <Text color={color} weight="bold">
      <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
        <Icon size={16} aria-hidden="true" />
        {children}
      </span>
    </Text>
  );
}
