import { Text } from '@backstage/ui';
import type { RemixiconComponentType } from '@remixicon/react';

/**
 * A word with the icon that means the same: no meaning hangs on a colour alone.
 *
 * @internal
 */
export function IconText(props: {
  Icon: RemixiconComponentType;
  /** The colour of the icon; the word stays readable on any background. */
  tone: 'success' | 'warning' | 'danger';
  children: string;
}) {
  const { Icon, tone, children } = props;
  return (
    <Text weight="bold">
      <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
        <Icon size={16} color={`var(--bui-fg-${tone})`} aria-hidden="true" />
        {children}
      </span>
    </Text>
  );
}
