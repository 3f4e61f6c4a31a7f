import type { ReactNode } from 'react';
import styles from './ChartCanvas.module.css';

/**
 * Around a chart of recharts: it fills its place, on paper, too. What the chart says
 * stands elsewhere, in words or as a table.
 *
 * @public
 */
export function ChartCanvas(props: { children: ReactNode }) {
  return (
    <div className={styles.canvas} aria-hidden="true">
      {props.children}
    </div>
  );
}
