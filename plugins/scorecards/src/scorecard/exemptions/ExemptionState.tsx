import { RiAlarmWarningLine } from '@remixicon/react';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { describeDay } from '@waymark/ui';
import { endsSoon } from '../../entity/exemption/describeExemption';
import { EXEMPTION_STATES } from './exemptionStates';
import styles from './ExemptionState.module.css';

/** The state of an exemption, and what is special about it. */
export function ExemptionState(props: { exemption: Exemption }) {
  const { state, startsAt, decidedAt } = props.exemption;
  const { label, Icon, tone } = EXEMPTION_STATES[state];
  const begins = startsAt ? new Date(startsAt) : undefined;
  const isAhead =
    state === 'approved' && begins !== undefined && begins > new Date();
  return (
    <div className={styles.state}>
      <span className={styles.word} data-tone={tone}>
        <Icon size={18} aria-hidden="true" />
        {label}
      </span>
      {isAhead && (
        <span className={styles.note}>Begins on {describeDay(begins)}</span>
      )}
      {endsSoon(props.exemption, new Date()) && (
        <span className={styles.word} data-tone="warning">
          <RiAlarmWarningLine size={18} aria-hidden="true" />
          Ends soon
        </span>
      )}
      {state === 'expired' && !decidedAt && (
        <span className={styles.note}>Nobody had decided</span>
      )}
    </div>
  );
}
