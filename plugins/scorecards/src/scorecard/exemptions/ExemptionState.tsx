import { RiAlarmWarningLine } from '@remixicon/react';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { describeDay } from '@waymark/ui';
import { EXEMPTION_STATES } from './exemptionStates';
import styles from './ExemptionState.module.css';

/** Before its end an exemption is worth a thought for so long, in milliseconds. */
const NOTICE = 14 * 24 * 60 * 60 * 1000;

/** The state of an exemption, and what is special about it. */
export function ExemptionState(props: { exemption: Exemption }) {
  const { state, startsAt, expiresAt, decidedAt } = props.exemption;
  const { label, Icon, tone } = EXEMPTION_STATES[state];
  const begins = startsAt ? new Date(startsAt) : undefined;
  const isAhead =
    state === 'approved' && begins !== undefined && begins > new Date();
  const endsSoon =
    state === 'approved' && new Date(expiresAt).getTime() - Date.now() < NOTICE;
  return (
    <div className={styles.state}>
      <span className={styles.word} data-tone={tone}>
        <Icon size={18} aria-hidden="true" />
        {label}
      </span>
      {isAhead && (
        <span className={styles.note}>Begins on {describeDay(begins)}</span>
      )}
      {endsSoon && (
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
