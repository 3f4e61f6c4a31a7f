import type {
  LevelsReport,
  RulesReport,
} from '@waymark/plugin-scorecards-common';
import {
  EmptyState,
  type Report,
  ReportSection,
  ScrollTable,
} from '@waymark/ui';
import type { Filters } from '../filters/useFilters';
import { findGaps } from './findGaps';
import { GapRow } from './GapRow';

/** More than one can take on at a time. */
const SHOWN = 10;

/** The rules that keep most services from their next level. */
export function GapsSection(props: {
  scorecards: LevelsReport['scorecards'];
  rules: Report<RulesReport>;
  filters: Filters;
}) {
  const { scorecards, rules, filters } = props;
  return (
    <ReportSection title="Biggest gaps" report={rules} lines={8}>
      {report => {
        const gaps = findGaps(report, scorecards);
        if (gaps.length === 0) {
          return (
            <EmptyState
              isPlain
              title="No rule keeps a service from its next level"
            />
          );
        }
        return (
          <ScrollTable caption="Rules that keep services from their next level, those that keep most of them first">
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">Scorecard</th>
                <th scope="col">Next level</th>
                <th scope="col" data-numeric>
                  Fail
                </th>
                <th scope="col" data-numeric>
                  No data
                </th>
                <th scope="col" data-numeric>
                  Error
                </th>
              </tr>
            </thead>
            <tbody>
              {gaps.slice(0, SHOWN).map(gap => (
                <GapRow
                  key={`${gap.scorecardRef} ${gap.ruleId}`}
                  gap={gap}
                  filters={filters}
                />
              ))}
            </tbody>
          </ScrollTable>
        );
      }}
    </ReportSection>
  );
}
