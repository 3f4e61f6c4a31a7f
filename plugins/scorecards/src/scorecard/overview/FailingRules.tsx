import { Link } from '@backstage/ui';
import type { RulesReport } from '@waymark/plugin-scorecards-common';
import { EmptyState, LoadingLines, ProblemNotice, Section } from '@waymark/ui';
import { OutcomeBar } from '../../shared/OutcomeBar';
import { useScorecardAddress } from '../../shared/ScorecardLink';
import { useScorecard } from '../ScorecardContext';
import styles from './FailingRules.module.css';

const SHOWN = 5;

type Rule = RulesReport['rules'][number];

/** Rules without a single pass, exemption, fail or gap say nothing. */
function isStanding({ outcomes }: Rule): boolean {
  return outcomes.fail + outcomes.noData + outcomes.error > 0;
}

/** What fails before what nobody has told: that is no fault of a service. */
function compare({ outcomes: a }: Rule, { outcomes: b }: Rule): number {
  return b.fail - a.fail || b.noData + b.error - (a.noData + a.error);
}

/** The rules that most services still have to meet. */
export function FailingRules(props: {
  rules: { value?: RulesReport; error?: unknown; retry: () => void };
}) {
  const { value, error, retry } = props.rules;
  const { scorecardRef } = useScorecard();
  const address = useScorecardAddress(scorecardRef);
  const open = value?.rules.filter(isStanding).sort(compare) ?? [];
  return (
    <Section
      title="Rules failing most"
      action={<Link href={address('rules')}>All rules</Link>}
    >
      {error !== undefined && (
        <ProblemNotice
          title="The rules cannot be counted"
          error={error}
          onRetry={retry}
        />
      )}
      {!value && !error && (
        <LoadingLines label="Counting the rules" lines={10} />
      )}
      {value && open.length === 0 && (
        <EmptyState isPlain headingLevel="h4" title="Every rule passes">
          Nothing is left to do here. What comes next is up to its owner.
        </EmptyState>
      )}
      {open.length > 0 && (
        <ol className={styles.rules}>
          {open.slice(0, SHOWN).map(({ ruleId, title, outcomes }) => (
            <li key={ruleId}>
              <Link href={address('rules', { rule: ruleId })}>{title}</Link>
              <OutcomeBar
                outcomes={outcomes}
                addressOf={outcome =>
                  address('services', { rule: ruleId, outcome })
                }
              />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
