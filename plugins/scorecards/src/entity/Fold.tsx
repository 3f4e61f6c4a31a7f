import { useState, type ReactNode } from 'react';
import styles from './Fold.module.css';

/** Something for those who want to know more; it is made when it is first opened. */
export function Fold(props: { title: string; children: ReactNode }) {
  const { title, children } = props;
  const [wasOpened, setOpened] = useState(false);
  return (
    <details
      className={styles.fold}
      onToggle={event => event.currentTarget.open && setOpened(true)}
    >
      <summary>{title}</summary>
      {wasOpened && <div className={styles.content}>{children}</div>}
    </details>
  );
}
