import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Button, Header } from '@backstage/ui';
import { RiPrinterLine } from '@remixicon/react';
import { describeExactly, ScreenOnly, WholeTitle } from '@waymark/ui';
import { FilterWords } from './filters/FilterWords';
import type { Filters } from './filters/useFilters';

/** Whose numbers these are, of when and of whom; the head of the first sheet. */
export function DashboardHeader(props: { filters: Filters; asOf?: string }) {
  const { filters, asOf } = props;
  const organization =
    useApi(configApiRef).getOptionalString('organization.name');
  return (
    <WholeTitle>
      <Header
        title={
          organization
            ? `${organization}: scorecards`
            : 'Scorecards of the organization'
        }
        metadata={[
          {
            label: 'As of',
            value: asOf ? describeExactly(new Date(asOf)) : '…',
          },
          { label: 'About', value: <FilterWords filters={filters} /> },
        ]}
        customActions={
          <ScreenOnly>
            <Button
              variant="secondary"
              iconStart={<RiPrinterLine />}
              onPress={() => window.print()}
            >
              Print
            </Button>
          </ScreenOnly>
        }
      />
    </WholeTitle>
  );
}
