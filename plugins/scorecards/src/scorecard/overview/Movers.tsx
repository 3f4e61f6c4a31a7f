import { useApi } from '@backstage/frontend-plugin-api';
import {
  dayBefore,
  describeReportDay,
  EmptyState,
  formatNumber,
  LoadingLines,
  ProblemNotice,
  Section,
  useLoaded,
} from '@waymark/ui';
import type { MoversReport } from '@waymark/plugin-scorecards-common';
import { useCallback } from 'react';
import { scorecardsApiRef } from '../../api';
import { useScorecard } from '../ScorecardContext';
import { MoverList } from './MoverList';

/** Of each direction: a card is no table. */
const SHOWN = 5;

function describe(report: MoversReport): string {
  const parts = [
    `${formatNumber(report.up)} up`,
    `${formatNumber(report.down)} down`,
    ...(report.joined > 0 ? [`${formatNumber(report.joined)} new`] : []),
    ...(report.left > 0 ? [`${formatNumber(report.left)} gone`] : []),
  ];
  return `Since ${describeReportDay(report.from)}: ${parts.join(', ')}.`;
}

/** Who reached another level, and who lost one. */
export function Movers(props: { days: number }) {
  const { days } = props;
  const { scorecardRef, levels } = useScorecard();
  const client = useApi(scorecardsApiRef);
  const { value, error, retry } = useLoaded(
    useCallback(
      signal =>
        client.getMoversReport(
          { scorecard: scorecardRef, from: dayBefore(days), limit: SHOWN },
          { signal },
        ),
      [client, scorecardRef, days],
    ),
    { keep: true },
  );
  return (
    <Section title="Movers">
      {error !== undefined && (
        <ProblemNotice
          title="Who moved cannot be shown"
          error={error}
          onRetry={retry}
        />
      )}
      {!value && !error && <LoadingLines label="Loading who moved" lines={8} />}
      {value && value.up + value.down === 0 && (
        <EmptyState
          isPlain
          headingLevel="h4"
          title="Nobody reached or lost a level"
        >
          {describe(value)}
        </EmptyState>
      )}
      {value && value.up + value.down > 0 && (
        <>
          <span>{describe(value)}</span>
          {(['up', 'down'] as const).map(direction => (
            <MoverList
              key={direction}
              direction={direction}
              movers={value.items.filter(item => item.direction === direction)}
              total={value[direction]}
              levels={levels}
              scorecardRef={scorecardRef}
            />
          ))}
        </>
      )}
    </Section>
  );
}
