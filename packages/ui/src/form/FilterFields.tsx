import { Flex } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './FilterFields.module.css';

/**
 * The fields that narrow a view, side by side as far as there is room. A landmark.
 *
 * @public
 */
export function FilterFields(props: { children: ReactNode }) {
  return (
    <Flex className={styles.fields} role="search" aria-label="Filters">
      {props.children}
    </Flex>
  );
}
