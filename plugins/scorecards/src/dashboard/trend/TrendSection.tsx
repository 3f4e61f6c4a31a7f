import { Text } from '@backstage/ui';
import type {
  LevelsReport,
  TrendReport,
} from '@waymark/plugin-scorecards-common';
import { type Report, ReportSection } from '@waymark/ui';
import { TrendChart } from '../../charts/TrendChart';
import { mergeScorecards } from '../mergeScorecards';

/** Levels over time: of one scorecard, or of all of them as one. */
export function TrendSection(props: {
  /** At least one. */
  scorecards: LevelsReport['scorecards'];
  trend: Report<TrendReport>;
}) {
  const { scorecards, trend } = props;
  return (
    <ReportSection title="Over time" report={trend} lines={14}>
      {report => {
        const trends = scorecards.map(
          ({ scorecardRef }) =>
            report.scorecards.find(each => each.scorecardRef === scorecardRef)
              ?.points ?? [],
        );
        if (scorecards.length === 1) {
          return (
            <TrendChart
              label={scorecards[0].title}
              levels={scorecards[0].levels}
              points={trends[0]}
            />
          );
        }
        const merged = mergeScorecards(scorecards);
        return (
          <>
            <Text color="secondary">
              All scorecards together: a service counts once for each that is
              about it.
            </Text>
            <TrendChart
              label="All scorecards"
              levels={merged.levels}
              points={merged.sumTrends(trends)}
            />
          </>
        );
      }}
    </ReportSection>
  );
}
