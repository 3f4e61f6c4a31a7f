import {
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiForbidLine,
  RiLoader4Line,
  RiSkipForwardLine,
  RiStopCircleLine,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type {
  RunState,
  ServiceState,
  StageState,
} from '@waymark/plugin-forge-runner-common';
import styles from './StateMark.module.css';

type AnyState = RunState | ServiceState | StageState;

const LOOKS: Record<string, { tone: string; Icon: RemixiconComponentType }> = {
  wait: { tone: 'quiet', Icon: RiTimeLine },
  work: { tone: 'running', Icon: RiLoader4Line },
  good: { tone: 'success', Icon: RiCheckboxCircleFill },
  bad: { tone: 'danger', Icon: RiCloseCircleFill },
  ended: { tone: 'warning', Icon: RiForbidLine },
  left: { tone: 'quiet', Icon: RiSkipForwardLine },
  off: { tone: 'quiet', Icon: RiStopCircleLine },
};

const STATES: Record<AnyState, [text: string, look: keyof typeof LOOKS]> = {
  waiting: ['Waiting', 'wait'],
  running: ['Running', 'work'],
  succeeded: ['Succeeded', 'good'],
  passed: ['Passed', 'good'],
  failed: ['Failed', 'bad'],
  cancelled: ['Cancelled', 'ended'],
  superseded: ['Superseded', 'left'],
  error: ['Interrupted', 'ended'],
  skipped: ['Skipped', 'left'],
  'not-run': ['Not run here', 'left'],
  none: ['Not deployed yet', 'off'],
  starting: ['Starting', 'work'],
  restarting: ['Restarting', 'ended'],
  stopped: ['Stopped', 'off'],
  crashed: ['Crashed', 'bad'],
};

/** The word for a state. */
export const describeState = (state: AnyState): string => STATES[state][0];

/**
 * The state of a run, a stage or a service: a word, and an icon that means the same.
 */
export function StateMark(props: {
  state: AnyState;
  /** Where running is what it should do. */
  isService?: boolean;
}) {
  const [text, look] = STATES[props.state];
  const isUp = props.isService && props.state === 'running';
  const { tone, Icon } = LOOKS[isUp ? 'good' : look];
  return (
    <span className={styles.mark} data-tone={tone}>
      <Icon size={18} aria-hidden="true" className={styles.icon} />
      <span className={styles.text}>{text}</span>
    </span>
  );
}
