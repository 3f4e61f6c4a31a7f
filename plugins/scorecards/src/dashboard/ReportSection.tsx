import { LoadingLines, ProblemNotice, Section } from '@waymark/ui';
import type { ReactNode } from 'react';
import type { Report } from './useReport';

/** A part of the dashboard: it waits for its report, and fails, alone. */
export function ReportSection<T>(props: {
  title: string;
  report: Report<T>;
  /** About how much is on its way. */
  lines: number;
  children: (value: T) => ReactNode;
}) {
  const { title, report, lines, children } = props;
  const { value, error, retry } = report;
  return (
    <Section title={title}>
      {error !== undefined && (
        <ProblemNotice
          title={`“${title}” cannot be shown`}
          error={error}
          onRetry={retry}
        />
      )}
      {error === undefined && value === undefined && (
        <LoadingLines label={`Loading “${title}”`} lines={lines} />
      )}
      {value !== undefined && children(value)}
    </Section>
  );
}
