import { Link } from '@backstage/ui';
import type {
  EntityScorecard,
  RuleResult,
} from '@waymark/plugin-scorecards-common';
import {
  formatNumber,
  LoadingLines,
  ProblemNotice,
  Section,
} from '@waymark/ui';
import type { ReactNode } from 'react';
import { isStatus } from '../shared/isStatus';
import { LevelMark } from '../shared/LevelMark';
import { OutcomeMark } from '../shared/OutcomeMark';
import { Pending } from './Pending';
import { useEntityScorecards } from './useEntityScorecards';
import { useTabAddress } from './useTabAddress';
import styles from './EntityCard.module.css';

const MAX_STEPS = 3;

function ToTab(props: {
  scorecardRef: string;
  ruleId?: string;
  children: ReactNode;
}) {
  const address = useTabAddress();
  return address ? (
    <Link href={address(props.scorecardRef, props.ruleId)}>
      {props.children}
    </Link>
  ) : (
    <>{props.children}</>
  );
}

function NextSteps(props: { scorecard: EntityScorecard }) {
  const { scorecardRef, levels, nextSteps, rules, title } = props.scorecard;
  const byId = new Map(rules.map(rule => [rule.ruleId, rule]));
  const steps = (nextSteps?.ruleIds ?? [])
    .map(ruleId => byId.get(ruleId))
    .filter((rule): rule is RuleResult => rule !== undefined);
  if (steps.length === 0) {
    return null;
  }
  const next = levels.find(({ id }) => id === nextSteps?.level)?.title;
  const others = steps.length - MAX_STEPS;
  return (
    <div>
      <div className={styles.quiet}>Next: {next}</div>
      <ul
        className={styles.steps}
        aria-label={`Next steps of ${title}, to ${next}`}
      >
        {steps.slice(0, MAX_STEPS).map(rule => (
          <li key={rule.ruleId} className={styles.step}>
            <OutcomeMark outcome={rule.outcome} isShort />
            <ToTab scorecardRef={scorecardRef} ruleId={rule.ruleId}>
              {rule.title}
            </ToTab>
          </li>
        ))}
        {others > 0 && (
          <li className={styles.quiet}>
            <ToTab scorecardRef={scorecardRef}>
              {formatNumber(others)} more
            </ToTab>
          </li>
        )}
      </ul>
    </div>
  );
}

/**
 * How the entity of the page stands, and what to do next. Nothing where no scorecard
 * is about it, or scorecards are not open to the reader.
 */
export function EntityCard() {
  const { value, error, retry } = useEntityScorecards();
  const isPending = value?.pending ?? false;
  if (
    (value?.scorecards.length === 0 && !isPending) ||
    isStatus(error, 403, 404)
  ) {
    return null;
  }
  return (
    <Section title="Scorecards">
      {error !== undefined && (
        <ProblemNotice
          title="The scorecards cannot be shown"
          error={error}
          onRetry={retry}
        />
      )}
      {!value && error === undefined && (
        <LoadingLines label="Loading the scorecards" lines={4} />
      )}
      {isPending && <Pending />}
      {value && !isPending && (
        <ul className={styles.scorecards} aria-label="Scorecards">
          {value.scorecards.map(scorecard => {
            const { scorecardRef, title, levels, standing } = scorecard;
            return (
              <li key={scorecardRef} className={styles.scorecard}>
                <div className={styles.standing}>
                  <span className={styles.title}>
                    <ToTab scorecardRef={scorecardRef}>{title}</ToTab>
                  </span>
                  <LevelMark
                    levels={levels}
                    level={standing.level}
                    throughExemption={standing.throughExemption}
                  />
                  {standing.score !== undefined && (
                    <span className={styles.quiet}>
                      Score {formatNumber(standing.score)}
                    </span>
                  )}
                </div>
                <NextSteps scorecard={scorecard} />
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
