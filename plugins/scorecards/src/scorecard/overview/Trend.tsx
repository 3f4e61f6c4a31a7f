import { useApi } from '@backstage/frontend-plugin-api';
import {
  dayBefore,
  LoadingLines,
  ProblemNotice,
  Section,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../../api';
import { TrendChart } from '../../charts/TrendChart';
import { useScorecard } from '../ScorecardContext';

/** Beyond so many points a line shows no more of a trend. */
const POINTS = 100;

/** How many stood on which level over time. */
export function Trend(props: { days: number }) {
  const { days } = props;
  const { scorecardRef, title, levels } = useScorecard();
  const client = useApi(scorecardsApiRef);
  const every = Math.ceil(days / POINTS);
  const { value, error, retry } = useLoaded(
    useCallback(
      async (signal: AbortSignal) => {
        const report = await client.getTrendReport(
          {
            scorecard: scorecardRef,
            from: dayBefore(days),
            ...(every > 1 && { every }),
          },
          { signal },
        );
        return report.scorecards[0]?.points ?? [];
      },
      [client, scorecardRef, days, every],
    ),
    { keep: true },
  );
  return (
    <Section title="Trend">
      {error !== undefined && (
        <ProblemNotice
          title="The trend cannot be shown"
          error={error}
          onRetry={retry}
        />
      )}
      {!value && !error && (
        <LoadingLines label="Loading the trend" lines={12} />
      )}
      {value && <TrendChart label={title} levels={levels} points={value} />}
    </Section>
  );
}
