import { ResponseError } from '@backstage/errors';
import { goldenPathsReportReadPermission } from '@waymark/plugin-golden-paths-common';
import { EmptyState, ProblemNotice } from '@waymark/ui';

/** Whether the reader lacks a permission, so that trying again is of no use. */
export function isForbidden(error: unknown): boolean {
  return error instanceof ResponseError && error.statusCode === 403;
}

/** Why there is no report: it failed, or it is not for the reader. */
export function ReportProblem(props: {
  title: string;
  error: unknown;
  onRetry: () => void;
}) {
  if (isForbidden(props.error)) {
    return (
      <EmptyState
        headingLevel="h2"
        title="Reports of delivery are not open to you"
      >
        They need the permission{' '}
        <code>{goldenPathsReportReadPermission.name}</code>. Whoever runs this
        portal can give it to you.
      </EmptyState>
    );
  }
  return <ProblemNotice {...props} />;
}
