import { Link } from '@backstage/ui';
import type { RulesReport } from '@waymark/plugin-scorecards-common';
import {
  formatNumber,
  formatPercent,
  LoadingLines,
  Section,
} from '@waymark/ui';
import { useScorecardAddress } from '../../shared/ScorecardLink';
import { useScorecard } from '../ScorecardContext';
import styles from './Coverage.module.css';

const SHOWN = 5;

/** How much of what the rules ask for is known at all. */
export function Coverage(props: {
  rules: { value?: RulesReport; error?: unknown };
}) {
  const { value, error } = props.rules;
  const { scorecardRef } = useScorecard();
  const address = useScorecardAddress(scorecardRef);
  // Said once already, beside it
  if (error !== undefined) {
    return null;
  }
  const rules = value?.rules ?? [];
  const sum = (of: (outcomes: (typeof rules)[number]['outcomes']) => number) =>
    rules.reduce((total, { outcomes }) => total + of(outcomes), 0);
  const missing = sum(({ noData }) => noData);
  const broken = sum(outcomes => outcomes.error);
  // An error is one of the rule: what it reads is there
  const known = sum(({ pass, fail, exempt }) => pass + fail + exempt) + broken;
  const asked = known + missing;
  const gaps = rules
    .filter(({ outcomes }) => outcomes.noData > 0)
    .sort((a, b) => b.outcomes.noData - a.outcomes.noData);
  return (
    <Section title="Data coverage">
      {!value && <LoadingLines label="Counting what is known" lines={6} />}
      {value && asked === 0 && <span>No rule applies to anything yet.</span>}
      {value && asked > 0 && (
        <>
          <div className={styles.bar} aria-hidden="true">
            <span style={{ flexGrow: known }} />
            <span style={{ flexGrow: missing }} data-missing />
          </div>
          <span>
            <strong>{formatPercent(known / asked)}</strong>
            {` of what the rules ask for is known: ${formatNumber(
              known,
            )} of ${formatNumber(asked)}.`}
            {broken > 0 &&
              ` Of that, ${formatNumber(
                broken,
              )} ended with an error of the rule.`}
          </span>
        </>
      )}
      {gaps.length > 0 && (
        <>
          <span>No data, most first:</span>
          <ul className={styles.gaps}>
            {gaps.slice(0, SHOWN).map(({ ruleId, title, outcomes }) => (
              <li key={ruleId}>
                <Link
                  href={address('services', {
                    rule: ruleId,
                    outcome: 'noData',
                  })}
                >
                  {`${title}: ${formatNumber(outcomes.noData)}`}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
