import type { RemixiconComponentType } from '@remixicon/react';
import type { ReactNode } from 'react';
import styles from './Note.module.css';

/** A line beneath a number, with an icon that says of which kind it is. */
export function Note(props: {
  Icon?: RemixiconComponentType;
  tone?: 'good' | 'bad' | 'neutral';
  children: ReactNode;
}) {
  const { Icon, tone = 'neutral', children } = props;
  return (
    <p className={styles.note} data-tone={tone}>
      {Icon && <Icon size={16} aria-hidden="true" />}
      <span>{children}</span>
    </p>
  );
}
