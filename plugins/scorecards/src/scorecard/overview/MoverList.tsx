import { Text } from '@backstage/ui';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import type { Mover } from '@waymark/plugin-scorecards-common';
import { EntityLink, formatNumber, Moment } from '@waymark/ui';
import styles from './Movers.module.css';
import { tabAddress } from '../../shared/tabQuery';

const DIRECTIONS = {
  up: { title: 'Up', Icon: RiArrowUpLine },
  down: { title: 'Down', Icon: RiArrowDownLine },
};

/** Those that went one way: from where to where, and when. */
export function MoverList(props: {
  direction: Mover['direction'];
  /** The latest first. */
  movers: Mover[];
  /** Of which the movers may be a part. */
  total: number;
  levels: { id: string; title: string }[];
  scorecardRef: string;
}) {
  const { direction, movers, total, levels, scorecardRef } = props;
  const { title, Icon } = DIRECTIONS[direction];
  const nameOf = (level: string | undefined) =>
    level === undefined
      ? 'no level'
      : levels.find(({ id }) => id === level)?.title ?? level;
  if (movers.length === 0) {
    return null;
  }
  return (
    <div>
      <Text as="h4" weight="bold" className={styles.title}>
        <Icon size={16} aria-hidden="true" /> {title}
      </Text>
      <ul className={styles.movers}>
        {movers.map(mover => (
          <li key={mover.entityRef}>
            <EntityLink
              entityRef={mover.entityRef}
              title={mover.title}
              below={tabAddress({ scorecardRef })}
            />
            <span>
              {`from ${nameOf(mover.fromLevel)} to ${nameOf(mover.toLevel)}`}
              {mover.throughExemption && ' with an exemption'}
            </span>
            <span className={styles.quiet}>
              <Moment at={mover.at} inline />
            </span>
          </li>
        ))}
      </ul>
      {total > movers.length && (
        <Text color="secondary">
          and {formatNumber(total - movers.length)} more
        </Text>
      )}
    </div>
  );
}
