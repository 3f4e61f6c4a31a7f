import styles from './LevelMark.module.css';

/**
 * A level: as many filled steps as it is high, and its title. Steps rather than
 * medals, since a scorecard names its levels as it likes.
 */
export function LevelMark(props: {
  /** Of the scorecard, lowest first. */
  levels: { id: string; title: string }[];
  /** Its id; absent: no level. */
  level?: string;
  /** It would not be reached without an exemption. */
  throughExemption?: boolean;
}) {
  const { levels, level, throughExemption } = props;
  const height = levels.findIndex(({ id }) => id === level) + 1;
  return (
    <span className={styles.mark}>
      <span className={styles.steps} aria-hidden="true">
        {levels.map(({ id }, index) => (
          <span key={id} data-reached={index < height || undefined} />
        ))}
      </span>
      <span>
        {/* Of long ago, it may be one that the scorecard no longer has */}
        {height > 0 ? levels[height - 1].title : level ?? 'No level'}
        {throughExemption && (
          <span className={styles.note}> with an exemption</span>
        )}
      </span>
    </span>
  );
}
