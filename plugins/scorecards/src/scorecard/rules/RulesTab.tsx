import { useApi } from '@backstage/frontend-plugin-api';
import { Flex, Link } from '@backstage/ui';
import type { ScorecardRuleDefinition } from '@waymark/plugin-scorecards-common';
import { formatNumber, ProblemNotice, useLoaded } from '@waymark/ui';
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { scorecardsApiRef } from '../../api';
import { TryLink } from '../../author/TryLink';
import { LevelMark } from '../../shared/LevelMark';
import { useDocs } from '../../shared/useDocs';
import { useScorecard } from '../ScorecardContext';
import { RuleCard } from './RuleCard';
import styles from './RulesTab.module.css';
import { useExemptionCounts } from './useExemptionCounts';

/** What a scorecard expects, rule by rule, the lowest level first. */
export function RulesTab() {
  const { scorecardRef, lifecycle, levels, rules } = useScorecard();
  const client = useApi(scorecardsApiRef);
  const docs = useDocs();
  const [query] = useSearchParams();
  const isJudging = lifecycle !== 'retired';
  const report = useLoaded(
    useCallback(
      async (signal: AbortSignal) => {
        const answer = isJudging
          ? await client.getRulesReport({ scorecard: scorecardRef }, { signal })
          : undefined;
        return new Map(
          answer?.rules.map(({ ruleId, outcomes }) => [ruleId, outcomes]),
        );
      },
      [client, scorecardRef, isJudging],
    ),
  );
  const exemptions = useExemptionCounts(scorecardRef);
  const groups: { level?: string; rules: ScorecardRuleDefinition[] }[] = [
    ...levels.map(({ id }) => id),
    undefined,
  ]
    .map(level => ({
      level,
      rules: rules.filter(rule => rule.level === level),
    }))
    .filter(group => group.rules.length > 0);

  return (
    <div className={styles.tab}>
      {report.error !== undefined && (
        <ProblemNotice
          title="What comes of the rules cannot be counted"
          error={report.error}
          onRetry={report.retry}
        />
      )}
      {exemptions.error !== undefined && (
        <ProblemNotice
          title="The exemptions cannot be counted"
          error={exemptions.error}
          onRetry={exemptions.retry}
        />
      )}
      <Flex gap="4" style={{ flexWrap: 'wrap' }}>
        <TryLink scorecardRef={scorecardRef} />
        {docs && (
          <Link href={docs}>
            How rules are written, and which facts there are
          </Link>
        )}
      </Flex>
      {groups.map(group => (
        <div key={group.level ?? ''} className={styles.group}>
          <h3 className={styles.title}>
            {group.level === undefined ? (
              'For the score only'
            ) : (
              <LevelMark levels={levels} level={group.level} />
            )}
            <span className={styles.quiet}>
              {group.rules.length === 1
                ? '1 rule'
                : `${formatNumber(group.rules.length)} rules`}
            </span>
          </h3>
          {group.rules.map(rule => (
            <RuleCard
              key={rule.id}
              rule={rule}
              scorecardRef={scorecardRef}
              outcomes={
                report.isLoading && isJudging
                  ? 'loading'
                  : report.value?.get(rule.id)
              }
              exemptions={
                exemptions.value && {
                  count: exemptions.value.counts.get(rule.id) ?? 0,
                  isAll: exemptions.value.isAll,
                }
              }
              isTarget={query.get('rule') === rule.id}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
