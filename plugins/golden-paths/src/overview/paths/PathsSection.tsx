import { Link } from '@backstage/ui';
import type {
  MetricId,
  MetricReport,
} from '@waymark/plugin-golden-paths-common';
import { EmptyState, formatNumber, formatPercent, Section } from '@waymark/ui';
import type { WeekRow, WeekSeries } from '../../charts/weeks';
import { WeekTrend } from '../../charts/WeekTrend';
import { MissingEvents } from '../../metrics/MissingEvents';
import type { Filters } from '../filters/useFilters';
import { useMetricAddress } from '../useMetricAddress';
import type { Summary } from '../useSummary';
import styles from './PathsSection.module.css';

const METRICS = ['adoption', 'deviation-rate'] as const;

function Parts(props: {
  report: MetricReport;
  addressOf: ReturnType<typeof useMetricAddress>;
}) {
  const { report, addressOf } = props;
  return (
    <ul className={styles.parts}>
      {report.parts?.map(({ id, title, count, numerator, value }) => (
        <li key={id}>
          <Link href={addressOf(report.id, { part: id })}>
            {title}: {formatNumber(numerator ?? count)}
          </Link>
          {value !== undefined && ` (${formatPercent(value)})`}
        </li>
      ))}
    </ul>
  );
}

/** How many services are on a golden path, and how many of them leave it, over time. */
export function PathsSection(props: { summary: Summary; filters: Filters }) {
  const { summary, filters } = props;
  const addressOf = useMetricAddress(filters);
  const find = (metric: MetricId) => ({
    definition: summary.config.metrics.find(({ id }) => id === metric),
    report: summary.report.metrics.find(({ id }) => id === metric),
  });
  const [adoption, deviations] = METRICS.map(find);
  if (!adoption.report || !deviations.report) {
    return null;
  }
  const series: WeekSeries[] = [
    {
      id: 'adoption',
      title: adoption.definition?.title ?? 'Adoption',
      look: 'main',
    },
    {
      id: 'deviation-rate',
      title: deviations.definition?.title ?? 'Deviations',
      look: 'second',
    },
  ];
  const rates = new Map(
    deviations.report.trend.map(({ week, value }) => [week, value]),
  );
  const rows: WeekRow[] = adoption.report.trend.map(({ week, value }) => ({
    week,
    values: { adoption: value, 'deviation-rate': rates.get(week) },
  }));
  const isEmpty = rows.every(({ values }) =>
    Object.values(values).every(value => value === undefined),
  );
  return (
    <Section title="Adoption and deviations over time">
      {isEmpty ? (
        <EmptyState isPlain title="No service is known to be on a golden path">
          <MissingEvents definition={adoption.definition ?? { events: [] }} />
        </EmptyState>
      ) : (
        <>
          <WeekTrend
            label="Adoption and deviations"
            rows={rows}
            series={series}
            unit="share"
          />
          <Parts report={adoption.report} addressOf={addressOf} />
          <Parts report={deviations.report} addressOf={addressOf} />
        </>
      )}
    </Section>
  );
}
