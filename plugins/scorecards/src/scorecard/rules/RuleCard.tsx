import { Skeleton } from '@backstage/ui';
import type {
  RuleOutcome,
  ScorecardRuleDefinition,
} from '@waymark/plugin-scorecards-common';
import {
  CodeBlock,
  formatNumber,
  formatPercent,
  Markdown,
  Section,
} from '@waymark/ui';
import { useEffect, useRef } from 'react';
import { OutcomeBar } from '../../shared/OutcomeBar';
import { useScorecardAddress } from '../../shared/ScorecardLink';
import styles from './RuleCard.module.css';
import { RuleFix } from './RuleFix';
import { RuleTerms } from './RuleTerms';

type Outcomes = { [outcome in RuleOutcome]: number };

/** Of those that it is for; without data is not passed. */
function describeRate(outcomes: Outcomes): string | undefined {
  const { pass, fail, exempt, noData, error } = outcomes;
  const all = pass + fail + exempt + noData + error;
  return all === 0
    ? undefined
    : `${formatNumber(pass)} of ${formatNumber(all)} pass (${formatPercent(
        pass / all,
      )})`;
}

/** One rule: what it says, why, how it is checked, and what comes of it. */
export function RuleCard(props: {
  rule: ScorecardRuleDefinition;
  scorecardRef: string;
  /** Absent where nothing is counted. */
  outcomes?: Outcomes | 'loading';
  exemptions?: { count: number; isAll: boolean };
  /** The address leads to this one. */
  isTarget: boolean;
}) {
  const { rule, scorecardRef, outcomes, exemptions, isTarget } = props;
  const address = useScorecardAddress(scorecardRef);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isTarget) {
      card.current?.focus({ preventScroll: true });
      card.current?.scrollIntoView?.({ block: 'start' });
    }
  }, [isTarget]);
  return (
    <div
      ref={card}
      className={styles.card}
      data-target={isTarget || undefined}
      tabIndex={-1}
    >
      <Section
        title={rule.title}
        headingLevel="h4"
        action={
          outcomes !== undefined &&
          outcomes !== 'loading' && <span>{describeRate(outcomes)}</span>
        }
      >
        {outcomes === 'loading' && <Skeleton width="100%" height={36} />}
        {outcomes !== undefined && outcomes !== 'loading' && (
          <OutcomeBar
            outcomes={outcomes}
            addressOf={outcome =>
              address('services', { rule: rule.id, outcome })
            }
          />
        )}
        {rule.why && <Markdown>{rule.why}</Markdown>}
        <RuleTerms
          rule={rule}
          exemptions={
            exemptions && {
              ...exemptions,
              address: address('exemptions', {
                rule: rule.id,
                state: 'approved',
              }),
            }
          }
        />
        <CodeBlock
          label={`Expression of ${rule.title}`}
          copyLabel="Copy the expression"
        >
          {rule.check.trim()}
        </CodeBlock>
        {rule.fix && (
          <details className={styles.fix}>
            <summary>How to make it pass</summary>
            <div className={styles.fixBody}>
              <RuleFix fix={rule.fix} />
            </div>
          </details>
        )}
      </Section>
    </div>
  );
}
