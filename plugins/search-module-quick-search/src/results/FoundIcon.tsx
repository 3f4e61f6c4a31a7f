import { RiArrowRightLine, RiBookOpenLine } from '@remixicon/react';
import { kindIcon } from '@waymark/ui';
import styles from './results.module.css';

const ICONS: Record<string, typeof RiBookOpenLine> = {
  docs: RiBookOpenLine,
  page: RiArrowRightLine,
};

/** What sort of thing it is, for those who see. */
export function FoundIcon(props: { sort: string }) {
  const Icon = ICONS[props.sort] ?? kindIcon(props.sort);
  return (
    <span className={styles.icon} aria-hidden="true">
      <Icon size={18} />
    </span>
  );
}
