import type { ReactNode } from 'react';
import { Section } from '../section/Section';
import { LoadingLines } from './LoadingLines';
import { ProblemNotice } from './ProblemNotice';

/**
 * Something that is loaded: on its way, there, or refused.
 *
 * @public
 */
export interface Report<T> {
  /** While another one is loaded, that of before. */
  value?: T;
  error?: unknown;
  retry: () => void;
}

/**
 * A part of a page: it waits for its report, and fails, alone.
 *
 * @public
 */
export function ReportSection<T>(props: {
  title: string;
  report: Report<T>;
  /** About how much is on its way. */
  lines: number;
  /** At the end of the line of the heading. */
  action?: ReactNode;
  children: (value: T) => ReactNode;
}) {
  const { title, report, lines, action, children } = props;
  const { value, error, retry } = report;
  return (
    <Section title={title} action={action}>
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
