import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './FieldDescription.module.css';

/**
 * What a template says of a field, below its input as with the scaffolder's own fields.
 *
 * @internal
 */
export function FieldDescription(props: { id: string; children: ReactNode }) {
  const { id, children } = props;
  return (
    <div id={id} className={styles.description}>
      {children && (
        <Text as="div" variant="body-small" color="secondary">
          {children}
        </Text>
      )}
    </div>
  );
}
