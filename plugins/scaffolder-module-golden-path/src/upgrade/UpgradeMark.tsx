import {
  RiCheckboxCircleLine,
  RiGitPullRequestLine,
  RiHistoryLine,
  RiQuestionLine,
} from '@remixicon/react';
import type { UpgradeStatus } from '../api';
import styles from './UpgradeMark.module.css';

const LOOKS = {
  current: { Icon: RiCheckboxCircleLine, label: 'Up to date' },
  behind: { Icon: RiHistoryLine, label: 'There is a newer version' },
  proposed: { Icon: RiGitPullRequestLine, label: 'An upgrade is proposed' },
  unknown: { Icon: RiQuestionLine, label: 'Not known' },
};

/**
 * How a service stands to its path, in words with an icon.
 *
 * @internal
 */
export function UpgradeMark(props: { state: UpgradeStatus['state'] }) {
  const { Icon, label } = LOOKS[props.state];
  return (
    <span className={styles.mark} data-state={props.state}>
      <Icon size={18} aria-hidden="true" />
      {label}
    </span>
  );
}
