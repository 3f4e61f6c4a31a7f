import type { ReactNode } from 'react';
import styles from './PrintedPage.module.css';

/**
 * A page that is read on paper, too: printed alone on A4, in light colours, nothing
 * of the portal around it.
 *
 * @public
 */
export function PrintedPage(props: { children: ReactNode }) {
  return <div className={styles.page}>{props.children}</div>;
}

/**
 * The parts of a printed page, one below the other.
 *
 * @public
 */
export function PrintedParts(props: {
  /** On a sheet of their own. */
  startsSheet?: boolean;
  children: ReactNode;
}) {
  const { startsSheet, children } = props;
  return (
    <div
      className={startsSheet ? `${styles.parts} ${styles.sheet}` : styles.parts}
    >
      {children}
    </div>
  );
}

/**
 * What is of no use on paper: fields, buttons.
 *
 * @public
 */
export function ScreenOnly(props: { children: ReactNode }) {
  return <div className={styles.screenOnly}>{props.children}</div>;
}
