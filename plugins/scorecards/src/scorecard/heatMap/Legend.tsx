import { formatPercent } from '@waymark/ui';
import styles from './Legend.module.css';

/** What the shades and signs of a heat map mean. */
export function Legend() {
  return (
    <ul className={styles.legend} aria-label="Legend">
      <li>
        <span className={styles.shades} aria-hidden="true" />
        {formatPercent(0)} to {formatPercent(1)} pass
      </li>
      <li>
        <span className={styles.hatched} aria-hidden="true" />
        No data on some, or on all
      </li>
      <li>
        <span className={styles.dash} aria-hidden="true">
          –
        </span>
        Applies to none
      </li>
    </ul>
  );
}
