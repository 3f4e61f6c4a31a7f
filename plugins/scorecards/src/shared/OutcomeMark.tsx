import type { RuleOutcome } from '@waymark/plugin-scorecards-common';
import { OUTCOMES } from './outcomes';
import styles from './OutcomeMark.module.css';

/** An outcome: its sign and its word. */
export function OutcomeMark(props: {
  outcome: RuleOutcome;
  /** The sign alone, in tables; the word is for screen readers and on hovering. */
  isShort?: boolean;
}) {
  const { outcome, isShort } = props;
  const { label, Icon, tone } = OUTCOMES[outcome];
  return (
    <span
      className={styles.mark}
      data-tone={tone}
      title={isShort ? label : undefined}
    >
      <Icon size={18} aria-hidden="true" />
      <span className={isShort ? styles.hidden : undefined}>{label}</span>
    </span>
  );
}
