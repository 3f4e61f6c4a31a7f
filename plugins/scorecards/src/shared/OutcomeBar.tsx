import { Link } from '@backstage/ui';
import {
  RULE_OUTCOMES,
  type RuleOutcome,
} from '@waymark/plugin-scorecards-common';
import { formatNumber } from '@waymark/ui';
import styles from './OutcomeBar.module.css';
import { OUTCOMES } from './outcomes';

/** What a rule is not for says nothing about it. */
const SHOWN = RULE_OUTCOMES.filter(outcome => outcome !== 'notApplicable');

/** How many have which outcome of a rule, as a bar and in words. */
export function OutcomeBar(props: {
  outcomes: { [outcome in RuleOutcome]: number };
  /** Where those with an outcome are listed. */
  addressOf: (outcome: RuleOutcome) => string;
}) {
  const { outcomes, addressOf } = props;
  const parts = SHOWN.filter(outcome => outcomes[outcome] > 0);
  if (parts.length === 0) {
    return <span className={styles.none}>It applies to nothing yet</span>;
  }
  return (
    <div className={styles.outcomes}>
      <div className={styles.bar} aria-hidden="true">
        {parts.map(outcome => (
          <span
            key={outcome}
            data-outcome={outcome}
            style={{ flexGrow: outcomes[outcome] }}
          />
        ))}
      </div>
      <ul className={styles.words}>
        {parts.map(outcome => {
          const { label, Icon, tone } = OUTCOMES[outcome];
          return (
            <li key={outcome} data-tone={tone}>
              <Icon size={16} aria-hidden="true" />
              <Link href={addressOf(outcome)}>
                {label} {formatNumber(outcomes[outcome])}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
