import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';

/**
 * A line beneath a field that screen readers announce when it changes.
 *
 * The element is always present, empty when there is nothing to say: assistive
 * technology only watches live regions that exist before their text does.
 *
 * @public
 */
export function FieldMessage(props: {
  id: string;
  /** An error by default; a note is announced without haste. */
  tone?: 'error' | 'note';
  children?: ReactNode;
}) {
  const { id, tone = 'error', children } = props;
  return (
    <div id={id} role={tone === 'error' ? 'alert' : 'status'}>
      {children && (
        <Text
          as="div"
          variant="body-small"
          color={tone === 'error' ? 'danger' : 'secondary'}
        >
          {children}
        </Text>
      )}
    </div>
  );
}
