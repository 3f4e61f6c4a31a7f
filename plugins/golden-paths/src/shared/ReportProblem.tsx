import { ResponseError } from '@backstage/errors';
import { goldenPathsReportReadPermission } from '@waymark/plugin-golden-paths-common';
import { EmptyState, ProblemNotice } from '@waymark/ui';

/** Why there is no report: it failed, or it is not for the reader. */
export function ReportProblem(props: {
  title: string;
  error: unknown;
  onRetry: () => void;
}) {
  const { error } = props;
  if (error instanceof ResponseError && error.statusCode === 403) {
    return (
      <EmptyState title="Reports of delivery are not open to you">
        They need the permission{' '}
        <code>{goldenPathsReportReadPermission.name}</code>. Whoever runs this
        portal can give it to you.
      </EmptyState>
    );
  }
  return <ProblemNotice {...props} />;
}
