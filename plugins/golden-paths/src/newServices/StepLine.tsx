import {
  RiCheckboxCircleFill,
  RiCircleLine,
  RiErrorWarningFill,
  RiTimeLine,
} from '@remixicon/react';
import type { FirstStepsRow } from '@waymark/plugin-golden-paths-common';
import { describeDuration, describeExactly } from '@waymark/ui';
import { STEPS } from './steps';
import styles from './StepLine.module.css';

function wordsOf(
  at: string | undefined,
  otherwise: string | undefined,
): string | undefined {
  return at ? describeExactly(new Date(at)) : otherwise;
}

/** How far a new service has come: a step each, with the time since the request. */
export function StepLine(props: { row: FirstStepsRow }) {
  const { entityRef, steps, stuck, title } = props.row;
  const requested = new Date(steps.requested ?? '').getTime();
  return (
    <ol className={styles.steps} aria-label={`Steps of ${title}`}>
      {STEPS.filter(({ id }) => id !== 'requested').map(
        ({ id, title: name, waits }) => {
          const at = steps[id];
          // Requested before the portal looked: since when it is there, nobody knows
          const isThere =
            at !== undefined || (id === 'catalog' && entityRef !== undefined);
          const isStuck = stuck?.step === id;
          const hasFailed = isStuck && stuck.reason === 'failed';
          let Icon = RiCircleLine;
          let state = 'ahead';
          if (isThere) {
            Icon = RiCheckboxCircleFill;
            state = 'done';
          } else if (hasFailed) {
            Icon = RiErrorWarningFill;
            state = 'failed';
          } else if (isStuck) {
            Icon = RiTimeLine;
            state = 'waiting';
          }
          const seconds = at ? (new Date(at).getTime() - requested) / 1000 : 0;
          return (
            <li
              key={id}
              className={styles.step}
              data-state={state}
              title={wordsOf(at, isThere ? undefined : waits)}
            >
              <Icon size={20} aria-hidden="true" />
              <span className={styles.name}>{name}</span>
              <span className={styles.time}>
                {at && (seconds > 0 ? describeDuration(seconds) : 'before')}
                {!at && isThere && 'time unknown'}
                {!isThere && hasFailed && 'failed'}
                {!isThere && isStuck && !hasFailed && 'waiting'}
                {!isThere && !isStuck && 'ahead'}
              </span>
            </li>
          );
        },
      )}
    </ol>
  );
}
