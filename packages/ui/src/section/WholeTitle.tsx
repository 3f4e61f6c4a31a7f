import type { ReactNode } from 'react';
import styles from './WholeTitle.module.css';

/**
 * Around the header of a page: a long title goes on below, rather than ending in
 * dots.
 *
 * @public
 */
export function WholeTitle(props: { className?: string; children: ReactNode }) {
  const { className = '', children } = props;
  return <div className={`${styles.header} ${className}`}>{children}</div>;
}
