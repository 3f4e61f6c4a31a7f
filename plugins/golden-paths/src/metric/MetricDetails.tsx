import type {
  MetricDefinition,
  MetricReport,
} from '@waymark/plugin-golden-paths-common';
import { Section } from '@waymark/ui';
import { WeekTrend } from '../charts/WeekTrend';
import { Definition } from '../metrics/Definition';
import { drawTrend } from '../metrics/drawTrend';
import { MetricTile } from '../metrics/MetricTile';
import type { Filters } from '../overview/filters/useFilters';
import { useMetricAddress } from '../overview/useMetricAddress';
import { PartsList } from './PartsList';
import { RowsSection } from './rows/RowsSection';
import type { RowsAddress } from './rows/useRowsAddress';
import styles from './MetricDetails.module.css';

/** What a metric says, how it went, and everything behind its number. */
export function MetricDetails(props: {
  definition: MetricDefinition;
  report: MetricReport;
  filters: Filters;
  rows: RowsAddress;
}) {
  const { definition, report, filters, rows } = props;
  const addressOf = useMetricAddress(filters);
  const { part, entityRef } = rows;
  return (
    <>
      <div className={styles.top}>
        <MetricTile
          definition={definition}
          report={report}
          hasNoTrend
          hasNoCoverage={entityRef !== undefined}
        />
        <Section title="What it says">
          <Definition definition={definition} />
        </Section>
      </div>
      <Section title="By week">
        <WeekTrend
          label={definition.title}
          {...drawTrend({ definition, trend: report.trend })}
          unit={definition.unit}
          target={report.target?.value}
          chosen={rows.week}
          onChoose={week => rows.change({ week })}
          hrefOf={week => addressOf(definition.id, { week, part, entityRef })}
        />
        <PartsList
          definition={definition}
          report={report}
          chosen={part}
          onChoose={next => rows.change({ part: next })}
        />
      </Section>
      <RowsSection
        definition={definition}
        report={report}
        filters={filters}
        address={rows}
      />
    </>
  );
}
