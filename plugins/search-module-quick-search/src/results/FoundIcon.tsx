import {
  RiArrowRightLine,
  RiBookOpenLine,
  RiBox3Line,
  RiBuilding2Line,
  RiDatabase2Line,
  RiPlugLine,
  RiRocketLine,
  RiStackLine,
  RiTeamLine,
  RiUserLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import styles from './results.module.css';

const ICONS: Record<string, RemixiconComponentType> = {
  component: RiBox3Line,
  system: RiStackLine,
  domain: RiBuilding2Line,
  api: RiPlugLine,
  resource: RiDatabase2Line,
  user: RiUserLine,
  group: RiTeamLine,
  template: RiRocketLine,
  docs: RiBookOpenLine,
  page: RiArrowRightLine,
};

/** What sort of thing it is, for those who see. */
export function FoundIcon(props: { sort: string }) {
  const Icon = ICONS[props.sort] ?? RiBox3Line;
  return (
    <span className={styles.icon} aria-hidden="true">
      <Icon size={18} />
    </span>
  );
}
