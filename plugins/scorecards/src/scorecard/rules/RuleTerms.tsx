import { Link } from '@backstage/ui';
import type { ScorecardRuleDefinition } from '@waymark/plugin-scorecards-common';
import { describeDay, formatNumber } from '@waymark/ui';
import { Population } from '../../shared/predicate/Population';
import { describeDuration } from './describeDuration';
import { readFacts } from './readFacts';
import styles from './RuleCard.module.css';

function describeStart(effectiveFrom: string): string {
  const start = new Date(effectiveFrom);
  return start > new Date()
    ? `From ${describeDay(start)} on; until then it is only shown`
    : `Since ${describeDay(start)}`;
}

/** For whom a rule holds, how much, from when and on what facts. */
export function RuleTerms(props: {
  rule: ScorecardRuleDefinition;
  exemptions?: { count: number; isAll: boolean; address: string };
}) {
  const { rule, exemptions } = props;
  const facts = readFacts(rule.check);
  return (
    <dl className={styles.terms}>
      <dt>Applies to</dt>
      <dd>
        {rule.appliesTo ? (
          <Population predicate={rule.appliesTo} everything="Only those" />
        ) : (
          'All that the scorecard judges'
        )}
      </dd>
      <dt>Weight</dt>
      <dd>{formatNumber(rule.weight, { maximumFractionDigits: 2 })}</dd>
      {rule.effectiveFrom && (
        <>
          <dt>Counts</dt>
          <dd>{describeStart(rule.effectiveFrom)}</dd>
        </>
      )}
      {rule.maxAge && (
        <>
          <dt>Fresh</dt>
          <dd>
            {`A fact older than ${describeDuration(rule.maxAge)} is no data`}
          </dd>
        </>
      )}
      {facts.length > 0 && (
        <>
          <dt>Reads</dt>
          <dd className={styles.facts}>
            {facts.map(fact => (
              <code key={fact}>{fact}</code>
            ))}
          </dd>
        </>
      )}
      {exemptions && (
        <>
          <dt>Exemptions</dt>
          <dd>
            {exemptions.count === 0 && exemptions.isAll ? (
              'None'
            ) : (
              <Link href={exemptions.address}>
                {exemptions.isAll
                  ? `${formatNumber(exemptions.count)} approved`
                  : `${formatNumber(exemptions.count)} or more approved`}
              </Link>
            )}
          </dd>
        </>
      )}
    </dl>
  );
}
