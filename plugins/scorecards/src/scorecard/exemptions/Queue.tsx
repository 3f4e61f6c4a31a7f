import {
  TablePagination,
  Text,
  type TablePaginationProps,
} from '@backstage/ui';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { LoadingLines, ProblemNotice, Section } from '@waymark/ui';
import type { ReactNode } from 'react';
import type { Decision } from './decide/decisions';
import { QueueItem } from './QueueItem';
import styles from './Queue.module.css';

/** What waits for a decision, with all that one needs to make it. */
export function Queue(props: {
  exemptions?: Exemption[];
  error?: Error;
  onRetry: () => void;
  pagination: TablePaginationProps;
  isFiltered: boolean;
  mayDo: (exemption: Exemption) => Decision[];
  onDecide: (exemption: Exemption, decision: Decision) => void;
}) {
  const { exemptions, error, onRetry, pagination, isFiltered } = props;
  const { mayDo, onDecide } = props;

  let content: ReactNode;
  if (error) {
    content = (
      <ProblemNotice
        title="What waits for a decision cannot be shown"
        error={error}
        onRetry={onRetry}
      />
    );
  } else if (!exemptions) {
    content = <LoadingLines label="Loading what waits for a decision" />;
  } else if (exemptions.length === 0) {
    content = (
      <Text as="p" color="secondary">
        {isFiltered
          ? 'Nothing like that waits for a decision.'
          : 'Nothing waits for a decision.'}
      </Text>
    );
  } else {
    content = (
      <>
        {!exemptions.some(each => mayDo(each).length > 0) && (
          <Text as="p" color="secondary">
            Somebody who may decide has to look at these.
          </Text>
        )}
        <ul className={styles.list}>
          {exemptions.map(exemption => (
            <QueueItem
              key={exemption.id}
              exemption={exemption}
              decisions={mayDo(exemption)}
              onDecide={decision => onDecide(exemption, decision)}
            />
          ))}
        </ul>
        {(pagination.hasNextPage || pagination.hasPreviousPage) && (
          <TablePagination {...pagination} />
        )}
      </>
    );
  }
  return <Section title="Waiting for a decision">{content}</Section>;
}
