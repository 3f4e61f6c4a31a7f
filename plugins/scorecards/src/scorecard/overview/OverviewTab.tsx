import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import {
  EmptyState,
  formatNumber,
  PeriodChoice,
  Section,
  useLoaded,
  usePeriod,
} from '@waymark/ui';
import { useCallback } from 'react';
import { describePeriod } from '../../shared/describePeriod';
import { scorecardsApiRef } from '../../api';
import { LevelBar } from '../../shared/LevelBar';
import { Population } from '../../shared/predicate/Population';
import { useScorecardAddress } from '../../shared/ScorecardLink';
import { useScorecard } from '../ScorecardContext';
import { Coverage } from './Coverage';
import { FailingRules } from './FailingRules';
import { Movers } from './Movers';
import styles from './OverviewTab.module.css';
import { Trend } from './Trend';

const PERIODS = [30, 90, 365] as const;

/** Where a scorecard stands, where it goes, and what keeps it. */
export function OverviewTab() {
  const scorecard = useScorecard();
  const { scorecardRef, levels, entities, meanScore, lifecycle } = scorecard;
  const client = useApi(scorecardsApiRef);
  const address = useScorecardAddress(scorecardRef);
  const [days, chooseDays] = usePeriod({
    name: 'days',
    choices: PERIODS,
    standard: 90,
  });
  const total = entities.reduce((sum, each) => sum + each.entities, 0);
  const isJudging = lifecycle !== 'retired' && total > 0;
  const rules = useLoaded(
    useCallback(
      async (signal: AbortSignal) =>
        isJudging
          ? client.getRulesReport({ scorecard: scorecardRef }, { signal })
          : undefined,
      [client, scorecardRef, isJudging],
    ),
  );

  if (lifecycle === 'retired') {
    return (
      <EmptyState
        title="Look at a day of the past"
        action={
          <ButtonLink href={address('services')} variant="secondary">
            Open Services
          </ButtonLink>
        }
      >
        Choose a day there, and see how services stood on it.
      </EmptyState>
    );
  }
  if (total === 0) {
    return (
      <EmptyState title="There is nothing to judge yet">
        It is about: <Population predicate={scorecard.appliesTo} />. Nothing
        that you can see in the catalog is among those. What arrives is judged
        within a minute.
      </EmptyState>
    );
  }
  return (
    <div className={styles.overview}>
      <div className={styles.wide}>
        <Section
          title="Where services stand"
          action={
            <span>
              {`${formatNumber(total)} in all`}
              {meanScore !== undefined &&
                `, mean score ${formatNumber(meanScore)}`}
            </span>
          }
        >
          <LevelBar
            levels={levels}
            entities={entities}
            isLarge
            addressOf={level => address('services', { level })}
          />
        </Section>
      </div>
      <div className={styles.period}>
        Changes over
        <PeriodChoice
          label="Changes over"
          choices={PERIODS}
          describe={describePeriod}
          value={days}
          onChange={chooseDays}
        />
      </div>
      <div className={styles.column}>
        <Trend days={days} />
        <FailingRules rules={rules} />
      </div>
      <div className={styles.column}>
        <Movers days={days} />
        <Coverage rules={rules} />
      </div>
    </div>
  );
}
