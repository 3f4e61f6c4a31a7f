import type {
  RuleOutcome,
  ScorecardResultRow,
} from '@waymark/plugin-scorecards-common';
import { formatNumber } from '@waymark/ui';
import { OutcomeMark } from '../../shared/OutcomeMark';
import { OUTCOMES } from '../../shared/outcomes';
import { useScorecard } from '../ScorecardContext';
import styles from './RuleSummary.module.css';

/** More signs than that are a pattern that nobody reads. */
const MAX_SIGNS = 12;

/** What is worth a word, the most pressing first. */
const TOLD: RuleOutcome[] = ['fail', 'error', 'noData', 'exempt'];

/** `2 fail, 1 no data`; `All pass` where there is nothing to tell. */
function summarizeOutcomes(outcomes: ScorecardResultRow['outcomes']): string {
  const all = Object.values(outcomes);
  const told = TOLD.flatMap(outcome => {
    const count = all.filter(each => each === outcome).length;
    return count > 0
      ? [`${formatNumber(count)} ${OUTCOMES[outcome].label.toLowerCase()}`]
      : [];
  });
  if (told.length > 0) {
    return told.join(', ');
  }
  return all.includes('pass') ? 'All pass' : 'None applies';
}

/**
 * How an entity does on all rules: a sign for each where they are few, and in words,
 * which lead to the list of rules.
 */
export function RuleSummary(props: {
  row: ScorecardResultRow;
  /** Opens the list. */
  onOpen: (row: ScorecardResultRow, opener: Element) => void;
}) {
  const { row, onOpen } = props;
  const { rules } = useScorecard();
  return (
    <span className={styles.summary}>
      {rules.length <= MAX_SIGNS && (
        // For the eye: the words say what matters, the list says everything
        <span className={styles.signs} aria-hidden="true">
          {rules.map(({ id, title }) => {
            const outcome = row.outcomes[id];
            return (
              Object.hasOwn(row.outcomes, id) && (
                <span key={id} title={`${title}: ${OUTCOMES[outcome].label}`}>
                  <OutcomeMark outcome={outcome} isShort />
                </span>
              )
            );
          })}
        </span>
      )}
      <button
        type="button"
        className={styles.words}
        aria-haspopup="dialog"
        onClick={({ currentTarget }) => onOpen(row, currentTarget)}
      >
        {summarizeOutcomes(row.outcomes)}
      </button>
    </span>
  );
}
