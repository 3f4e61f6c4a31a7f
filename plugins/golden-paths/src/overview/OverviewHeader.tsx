import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Button, Flex, Header } from '@backstage/ui';
import { RiPrinterLine } from '@remixicon/react';
import type { SummaryReport } from '@waymark/plugin-golden-paths-common';
import { ExportButton, ScreenOnly, WholeTitle } from '@waymark/ui';
import { goldenPathsApiRef } from '../api';
import { describePeriod } from './describePeriod';
import { FilterWords } from './filters/FilterWords';
import type { Filters } from './filters/useFilters';

/** Whose numbers these are, of when and of what; the head of the first sheet. */
export function OverviewHeader(props: {
  filters: Filters;
  report?: SummaryReport;
}) {
  const { filters, report } = props;
  const client = useApi(goldenPathsApiRef);
  const organization =
    useApi(configApiRef).getOptionalString('organization.name');
  return (
    <WholeTitle>
      <Header
        title={
          organization
            ? `${organization}: delivery`
            : 'Delivery of the organization'
        }
        metadata={[
          { label: 'Time', value: report ? describePeriod(report) : '…' },
          { label: 'About', value: <FilterWords filters={filters} /> },
        ]}
        customActions={
          report && (
            <ScreenOnly>
              <Flex gap="2" align="start">
                <ExportButton
                  load={signal =>
                    client.exportSummary(filters.request, { signal })
                  }
                />
                <Button
                  size="small"
                  variant="secondary"
                  iconStart={<RiPrinterLine />}
                  onPress={() => window.print()}
                >
                  Print
                </Button>
              </Flex>
            </ScreenOnly>
          )
        }
      />
    </WholeTitle>
  );
}
