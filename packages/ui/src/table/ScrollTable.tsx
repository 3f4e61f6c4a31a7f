import { Box } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './ScrollTable.module.css';

/**
 * A plain table with a caption, which scrolls within itself where it is wider or
 * longer than its place, and is there as a whole on paper.
 *
 * @public
 */
export function ScrollTable(props: {
  caption: string;
  /** The heading above says the same: for screen readers only. */
  isCaptionHidden?: boolean;
  /** As high as this at most, such as `20rem`. */
  maxHeight?: string;
  /** `thead` and `tbody`. */
  children: ReactNode;
}) {
  const { caption, isCaptionHidden, maxHeight, children } = props;
  const id = useId();
  return (
    <div className={styles.frame}>
      {/* Outside of what scrolls, so that it does not go away sideways */}
      <div id={id} className={isCaptionHidden ? styles.hidden : styles.caption}>
        {caption}
      </div>
      <Box
        className={styles.scroll}
        style={{ maxHeight }}
        role="region"
        aria-labelledby={id}
        // What does not fit is reached by the keyboard, too
        tabIndex={0}
      >
        <table className={styles.table} aria-labelledby={id}>
          {children}
        </table>
      </Box>
    </div>
  );
}
