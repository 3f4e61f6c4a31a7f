import { Skeleton } from '@backstage/ui';
import { GROUPS } from './groups';
import styles from './TileGroups.module.css';

/** About as high as a tile. */
const HEIGHT = 250;

/** In place of the tiles, and as large as they. */
export function TileSkeletons() {
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label="Loading the metrics"
      className={styles.skeletons}
    >
      {GROUPS.map(({ title, metrics }) => (
        <div key={title}>
          <div className={styles.title}>
            <Skeleton width={180} height={24} />
          </div>
          <div className={styles.tiles}>
            {metrics.map(metric => (
              <Skeleton key={metric} width="100%" height={HEIGHT} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
