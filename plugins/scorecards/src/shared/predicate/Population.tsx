import type { ScorecardPredicate } from '@waymark/plugin-scorecards-common';
import { describePredicate } from './describePredicate';
import styles from './Population.module.css';

/** Whom something is about: in words, or as it is written where there are none. */
export function Population(props: {
  predicate: ScorecardPredicate;
  /** What it narrows, when it names no kind. */
  everything?: string;
}) {
  const { predicate, everything } = props;
  const words = describePredicate(predicate, { everything });
  return words === undefined ? (
    <code className={styles.code}>{JSON.stringify(predicate)}</code>
  ) : (
    <span>{words}</span>
  );
}
