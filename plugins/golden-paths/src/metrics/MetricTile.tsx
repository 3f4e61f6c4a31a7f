import { Link } from '@backstage/ui';
import type {
  MetricDefinition,
  MetricReport,
} from '@waymark/plugin-golden-paths-common';
import { formatNumber } from '@waymark/ui';
import { useId } from 'react';
import { WeekChart } from '../charts/WeekChart';
import { compareMetric } from './compareMetric';
import { ComparisonNote } from './ComparisonNote';
import { DefinitionButton } from './DefinitionButton';
import { describeCount } from './describeCount';
import { drawTrend } from './drawTrend';
import { formatMetric } from './formatMetric';
import { MissingEvents } from './MissingEvents';
import { Note } from './Note';
import { TargetNote } from './TargetNote';
import styles from './MetricTile.module.css';

function describeCoverage(report: MetricReport): string {
  const { withData, inScope } = report.coverage;
  if (inScope === 0) {
    return 'About no service in this time';
  }
  return `${formatNumber(withData)} of ${formatNumber(inScope)} ${
    inScope === 1 ? 'service has' : 'services have'
  } data`;
}

/** The number itself, which opens what is behind it. */
function Value(props: {
  definition: MetricDefinition;
  report: MetricReport;
  href?: string;
}) {
  const { definition, report, href } = props;
  if (report.value === undefined) {
    return (
      <span className={styles.none}>
        {report.censored ? 'Not yet' : 'No data'}
      </span>
    );
  }
  const text = formatMetric(report.value, definition.unit);
  return href ? (
    <Link
      href={href}
      className={styles.value}
      aria-label={`${text}: what is behind “${definition.title}”`}
    >
      {text}
    </Link>
  ) : (
    <span className={styles.value}>{text}</span>
  );
}

/**
 * A metric: its number, what one wants to reach, how it went, against when before, and
 * of how much of what is asked about it speaks.
 */
export function MetricTile(props: {
  definition: MetricDefinition;
  report: MetricReport;
  /** Opens what is behind the number. */
  href?: string;
  /** Of one thing only: of how many it speaks says nothing. */
  hasNoCoverage?: boolean;
  /** Where it is drawn larger beside it. */
  hasNoTrend?: boolean;
  /** Level of the heading on its page. Default: `h3`. */
  headingLevel?: 'h3' | 'h4';
}) {
  const { definition, report, href, hasNoCoverage, hasNoTrend } = props;
  const { headingLevel: Heading = 'h3' } = props;
  const id = useId();
  const weeks = report.trend.length;
  const comparison =
    compareMetric({
      definition,
      value: report,
      other: report.baseline,
      when: 'in the baseline',
    }) ??
    compareMetric({
      definition,
      value: report,
      other: report.previous,
      when: `in the ${weeks} weeks before`,
    });
  const hasTrend =
    !hasNoTrend &&
    report.trend.some(({ value, claimed }) => value !== undefined || claimed);
  return (
    <article className={styles.tile} aria-labelledby={id}>
      <div className={styles.head}>
        <Heading id={id} className={styles.title}>
          {definition.title}
        </Heading>
        <DefinitionButton definition={definition} />
      </div>
      <div>
        <Value definition={definition} report={report} href={href} />
        {describeCount(report, definition).map(words => (
          <Note key={words}>{words}</Note>
        ))}
      </div>
      {report.value === undefined && !report.censored ? (
        <Note>
          <MissingEvents definition={definition} />
        </Note>
      ) : (
        <TargetNote definition={definition} report={report} />
      )}
      <div className={styles.rest}>
        {hasTrend && (
          <WeekChart
            label={definition.title}
            {...drawTrend({ definition, trend: report.trend, isPlain: true })}
            unit={definition.unit}
            target={report.target?.value}
            isSmall
          />
        )}
        {comparison && <ComparisonNote comparison={comparison} />}
        {!hasNoCoverage && <Note>{describeCoverage(report)}</Note>}
      </div>
    </article>
  );
}
