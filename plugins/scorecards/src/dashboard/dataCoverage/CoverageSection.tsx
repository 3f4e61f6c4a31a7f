import { Text } from '@backstage/ui';
import type {
  LevelsReport,
  RulesReport,
} from '@waymark/plugin-scorecards-common';
import { type Report, ReportSection, ScrollTable } from '@waymark/ui';
import type { Filters } from '../filters/useFilters';
import { countCoverage } from './countCoverage';
import { CoverageRow } from './CoverageRow';

/** How much of each scorecard is known, and which rules lack data. */
export function CoverageSection(props: {
  scorecards: LevelsReport['scorecards'];
  rules: Report<RulesReport>;
  filters: Filters;
}) {
  const { scorecards, rules, filters } = props;
  return (
    <ReportSection title="Data coverage" report={rules} lines={4}>
      {report => (
        <>
          <Text color="secondary">
            Without data a rule neither passes nor fails: it says nothing about
            the service yet.
          </Text>
          <ScrollTable
            caption="Data coverage of each scorecard"
            isCaptionHidden
          >
            <thead>
              <tr>
                <th scope="col">Scorecard</th>
                <th scope="col">With data</th>
                <th scope="col" data-numeric>
                  No data
                </th>
                <th scope="col">Most of it comes from</th>
              </tr>
            </thead>
            <tbody>
              {countCoverage(report, scorecards).map(coverage => (
                <CoverageRow
                  key={coverage.scorecardRef}
                  coverage={coverage}
                  filters={filters}
                />
              ))}
            </tbody>
          </ScrollTable>
        </>
      )}
    </ReportSection>
  );
}
