import { EntityRows, type EntityRow } from './EntityRows';
import styles from './TitledRows.module.css';

/** Entities below what they have in common. */
export function TitledRows(props: {
  title: string;
  rows: EntityRow[];
  /** How many there are, said in the title. */
  count?: number;
  hideOwner?: boolean;
}) {
  const { title, rows, count, hideOwner } = props;
  return (
    <div className={styles.part}>
      <h4 className={styles.title}>
        {title}
        {count !== undefined && (
          <>
            {' '}
            <span className={styles.count}>({count})</span>
          </>
        )}
      </h4>
      <EntityRows rows={rows} label={title} hideOwner={hideOwner} />
    </div>
  );
}
