import {
  TablePagination,
  Text,
  type TablePaginationProps,
} from '@backstage/ui';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { ProblemNotice, Section } from '@waymark/ui';
import type { ReactNode } from 'react';
import type { Decision } from './decide/decisions';
import { HistoryTable } from './HistoryTable';

/** All exemptions of the scorecard, whatever became of them. */
export function History(props: {
  action: ReactNode;
  exemptions?: Exemption[];
  isStale: boolean;
  error?: Error;
  onRetry: () => void;
  pagination: TablePaginationProps;
  mayDo: (exemption: Exemption) => Decision[];
  onDecide: (exemption: Exemption, decision: Decision) => void;
}) {
  const { exemptions, isStale, error, pagination } = props;

  let content: ReactNode;
  if (error) {
    content = (
      <ProblemNotice
        title="The exemptions cannot be shown"
        error={error}
        onRetry={props.onRetry}
      />
    );
  } else if (exemptions?.length === 0 && !isStale) {
    content = <Text role="status">No exemption is like that.</Text>;
  } else {
    content = (
      <>
        <HistoryTable
          exemptions={exemptions}
          isStale={isStale}
          mayDo={props.mayDo}
          onDecide={props.onDecide}
        />
        {exemptions && <TablePagination {...pagination} />}
      </>
    );
  }
  return (
    <Section title="History" action={props.action}>
      {content}
    </Section>
  );
}
