import type { RemixiconComponentType } from '@remixicon/react';
import styles from './Mark.module.css';

/** A state in a word, with an icon: colour alone says nothing. */
export function Mark(props: {
  Icon: RemixiconComponentType;
  tone: 'good' | 'bad' | 'warning' | 'neutral';
  children: string;
}) {
  const { Icon, tone, children } = props;
  return (
    <span className={styles.mark} data-tone={tone}>
      <Icon size={18} aria-hidden="true" />
      {children}
    </span>
  );
}
