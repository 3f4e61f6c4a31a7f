import { Text } from '@backstage/ui';
import type {
  LevelsReport,
  TrendReport,
} from '@waymark/plugin-scorecards-common';
import { describeReportDay } from '../../charts/days';
import { firstDayOf, type Range } from '../filters/ranges';
import { describeChange } from './describeChange';

/** What has changed on a scorecard, in a sentence. */
export function ChangeNote(props: {
  scorecard: LevelsReport['scorecards'][number];
  trend?: TrendReport;
  range: Range;
}) {
  const { scorecard, trend, range } = props;
  const points = trend?.scorecards.find(
    ({ scorecardRef }) => scorecardRef === scorecard.scorecardRef,
  )?.points;
  const first = points?.[0];
  const describe = () => {
    // Its place is kept while it is on its way
    if (!points || !first) {
      return '\u00a0';
    }
    if (points.length === 1) {
      return 'Judged since today: there is nothing to compare with yet.';
    }
    const since =
      first.day === firstDayOf(range)
        ? `Since ${describeReportDay(first.day)}`
        : `Since ${describeReportDay(first.day)}, when it began`;
    const change = describeChange(
      scorecard.levels,
      first.entities,
      scorecard.entities,
    );
    return `${since}: ${change || 'nothing has changed'}.`;
  };
  return (
    <Text variant="body-small" color="secondary">
      {describe()}
    </Text>
  );
}
