import type { Exemption } from '@waymark/plugin-scorecards-common';
import { describeDay, Moment, NamedEntityLink } from '@waymark/ui';
import { OutcomeMark } from '../../shared/OutcomeMark';
import { DecisionButtons } from './decide/DecisionButtons';
import type { Decision } from './decide/decisions';
import { ExemptionSubject } from './ExemptionSubject';
import styles from './Queue.module.css';

/** One exemption that somebody asked for. */
export function QueueItem(props: {
  exemption: Exemption;
  decisions: Decision[];
  onDecide: (decision: Decision) => void;
}) {
  const { exemption, decisions, onDecide } = props;
  const { outcome, startsAt } = exemption;
  return (
    <li className={styles.item}>
      <h4 className={styles.title}>
        <ExemptionSubject exemption={exemption} />:{' '}
        {exemption.ruleTitle ?? exemption.ruleId}
      </h4>
      <div className={styles.facts}>
        <span>
          <NamedEntityLink entityRef={exemption.requestedBy} /> asked{' '}
          <Moment at={exemption.requestedAt} inline />
        </span>
        <span>
          {startsAt && `From ${describeDay(new Date(startsAt))}, until `}
          {!startsAt && 'Until '}
          {describeDay(new Date(exemption.expiresAt))}
        </span>
        {outcome && (
          <span>
            Now: <OutcomeMark outcome={outcome} />
          </span>
        )}
      </div>
      <blockquote className={styles.reason}>{exemption.reason}</blockquote>
      <DecisionButtons
        exemption={exemption}
        decisions={decisions}
        onPress={onDecide}
      />
    </li>
  );
}
