import { Text } from '@backstage/ui';
import {
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiForbidLine,
  RiLoader4Line,
  RiSkipForwardLine,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { RunState, StepState } from './readRun';
import styles from './RunStateLabel.module.css';

type AnyState = RunState | StepState;

const LABELS: Record<
  AnyState,
  { text: string; tone: string; Icon: RemixiconComponentType }
> = {
  queued: { text: 'Waiting for its turn', tone: 'quiet', Icon: RiTimeLine },
  waiting: { text: 'To do', tone: 'quiet', Icon: RiTimeLine },
  running: { text: 'Running', tone: 'running', Icon: RiLoader4Line },
  cancelling: { text: 'Stopping', tone: 'running', Icon: RiLoader4Line },
  done: { text: 'Done', tone: 'success', Icon: RiCheckboxCircleFill },
  failed: { text: 'Failed', tone: 'danger', Icon: RiCloseCircleFill },
  cancelled: { text: 'Cancelled', tone: 'warning', Icon: RiForbidLine },
  skipped: { text: 'Left out', tone: 'quiet', Icon: RiSkipForwardLine },
};

/**
 * The state of a run or a step: a word, with the icon that means the same.
 *
 * @internal
 */
export function RunStateLabel(props: { state: AnyState }) {
  const { text, tone, Icon } = LABELS[props.state];
  return (
    <span className={styles.label} data-tone={tone}>
      <Icon size={18} aria-hidden="true" className={styles.icon} />
      <Text weight="bold">{text}</Text>
    </span>
  );
}

/** The icon alone, for where the word stands elsewhere. @internal */
export function RunStateIcon(props: { state: AnyState }) {
  const { tone, Icon } = LABELS[props.state];
  return (
    <span className={styles.label} data-tone={tone} aria-hidden="true">
      <Icon size={22} className={styles.icon} />
    </span>
  );
}

/** The word alone. @internal */
export const describeState = (state: AnyState): string => LABELS[state].text;
