import { Text } from '@backstage/ui';
import type {
  LevelsReport,
  TrendReport,
} from '@waymark/plugin-scorecards-common';
import { dayBefore, describeReportDay, startOf } from '@waymark/ui';
import { spacingOf } from '../../charts/trendRows';
import type { Range } from '../filters/ranges';
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
      return 'There is nothing to compare with yet.';
    }
    // Where points are few, the first one is not quite as old as was asked for
    const isYounger =
      startOf(first.day) - startOf(dayBefore(range.days)) >= spacingOf(points);
    const since = `Since ${describeReportDay(first.day)}${
      isYounger ? ', as far back as it goes' : ''
    }`;
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
