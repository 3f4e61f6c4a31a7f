import { Link } from '@backstage/ui';
import type { LevelCount } from '@waymark/plugin-scorecards-common';
import { formatNumber, formatPercent } from '@waymark/ui';
import { levelColor } from './levelColor';
import styles from './LevelBar.module.css';

/**
 * How many entities stand on which level, as a bar and in words.
 */
export function LevelBar(props: {
  /** Of the scorecard, lowest first. */
  levels: { id: string; title: string }[];
  entities: LevelCount[];
  /** The one thing that its place is about. */
  isLarge?: boolean;
  /** In tables: the levels that are there, and how often, without shares. */
  isCompact?: boolean;
  /** Where those of a level are listed; `none` for those without any. */
  addressOf?: (level: string) => string;
}) {
  const { levels, entities, isLarge, isCompact, addressOf } = props;
  const total = entities.reduce((sum, each) => sum + each.entities, 0);
  // The highest first, as one reads success
  const parts = [...levels.map(({ id }) => id), undefined]
    .map((id, index) => ({
      id: id ?? '',
      title: id === undefined ? 'No level' : levels[index].title,
      height: id === undefined ? 0 : index + 1,
      entities: entities.find(({ level }) => level === id)?.entities ?? 0,
    }))
    .sort((a, b) => b.height - a.height);
  const describe = (part: (typeof parts)[number]) =>
    `${part.title}: ${formatNumber(part.entities)} (${formatPercent(
      part.entities / total,
    )})`;
  const word = (part: (typeof parts)[number]) =>
    isCompact
      ? `${part.title}: ${formatNumber(part.entities)}`
      : describe(part);

  if (total === 0) {
    return <span className={styles.none}>Nothing to judge yet</span>;
  }
  return (
    <div className={styles.levels} data-large={isLarge || undefined}>
      <div className={styles.bar} aria-hidden="true">
        {parts
          .filter(part => part.entities > 0)
          .map(part => (
            <span
              key={part.id}
              title={describe(part)}
              data-none={part.height === 0 || undefined}
              style={{
                flexGrow: part.entities,
                background: levelColor(part.height, levels.length),
              }}
            />
          ))}
      </div>
      <ul className={styles.legend}>
        {parts
          .filter(part => part.entities > 0 || !isCompact)
          .map(part => (
            <li key={part.id}>
              <span
                className={styles.swatch}
                data-none={part.height === 0 || undefined}
                style={{ background: levelColor(part.height, levels.length) }}
                aria-hidden="true"
              />
              {addressOf && part.entities > 0 ? (
                <Link href={addressOf(part.id || 'none')}>{word(part)}</Link>
              ) : (
                word(part)
              )}
            </li>
          ))}
      </ul>
    </div>
  );
}
