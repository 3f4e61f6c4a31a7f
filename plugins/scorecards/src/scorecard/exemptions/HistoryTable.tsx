import {
  Cell,
  Column,
  Row,
  TableBody,
  TableBodySkeleton,
  TableHeader,
  TableRoot,
  Text,
} from '@backstage/ui';
import type { Exemption } from '@waymark/plugin-scorecards-common';
import { Moment } from '@waymark/ui';
import { useMemo, type ReactElement } from 'react';
import { DecisionButtons } from './decide/DecisionButtons';
import type { Decision } from './decide/decisions';
import { ExemptionState } from './ExemptionState';
import { ExemptionSubject } from './ExemptionSubject';
import { Step } from './Step';
import styles from './HistoryTable.module.css';

/** Below this the table scrolls: narrower columns would break every word. */
const MIN_WIDTH = 960;

interface ExemptionColumn {
  id: string;
  label: string;
  /** In percent; together they are 100 without the last one. */
  width: number;
  cell: (exemption: Exemption) => ReactElement;
}

const COLUMNS: ExemptionColumn[] = [
  {
    id: 'subject',
    label: 'For',
    width: 22,
    cell: exemption => (
      <div className={styles.text}>
        <Text as="div" weight="bold">
          <ExemptionSubject exemption={exemption} />
        </Text>
        <Text as="div" variant="body-small" color="secondary">
          {exemption.ruleTitle ?? exemption.ruleId}
        </Text>
      </div>
    ),
  },
  {
    id: 'state',
    label: 'State',
    width: 14,
    cell: exemption => <ExemptionState exemption={exemption} />,
  },
  {
    id: 'request',
    label: 'Asked',
    width: 26,
    cell: ({ requestedBy, requestedAt, reason }) => (
      <Step by={requestedBy} at={requestedAt} text={reason} />
    ),
  },
  {
    id: 'decision',
    label: 'Decided',
    width: 26,
    cell: exemption => (
      <div className={styles.steps}>
        {exemption.decidedAt && (
          <Step
            what={exemption.state === 'denied' ? 'Denied' : 'Approved'}
            by={exemption.decidedBy}
            at={exemption.decidedAt}
            text={exemption.decisionNote}
          />
        )}
        {exemption.revokedAt && (
          <Step
            what={exemption.decidedAt ? 'Revoked' : 'Taken back'}
            by={exemption.revokedBy}
            at={exemption.revokedAt}
            text={exemption.revocationNote}
          />
        )}
        {!exemption.decidedAt && !exemption.revokedAt && (
          <Text color="secondary">Not yet</Text>
        )}
      </div>
    ),
  },
  {
    id: 'end',
    label: 'Until',
    width: 12,
    cell: ({ expiresAt }) => <Moment at={expiresAt} />,
  },
];

/** Exemptions as a table; a skeleton of it while they are on their way. */
export function HistoryTable(props: {
  exemptions?: Exemption[];
  isStale: boolean;
  mayDo: (exemption: Exemption) => Decision[];
  onDecide: (exemption: Exemption, decision: Decision) => void;
}) {
  const { exemptions, isStale, mayDo, onDecide } = props;
  const columns = useMemo(
    () =>
      exemptions?.some(exemption => mayDo(exemption).length > 0)
        ? [
            ...COLUMNS,
            {
              id: 'actions',
              label: 'Actions',
              width: 18,
              cell: (exemption: Exemption) => (
                <DecisionButtons
                  exemption={exemption}
                  decisions={mayDo(exemption)}
                  onPress={decision => onDecide(exemption, decision)}
                />
              ),
            },
          ]
        : COLUMNS,
    [exemptions, mayDo, onDecide],
  );
  return (
    <div className={styles.table}>
      <TableRoot
        aria-label="Exemptions"
        stale={isStale}
        isPending={!exemptions}
        style={{ minWidth: MIN_WIDTH }}
      >
        <TableHeader columns={columns}>
          {column => (
            <Column
              id={column.id}
              isRowHeader={column.id === 'subject'}
              style={{ width: `${column.width}%` }}
            >
              {column.label}
            </Column>
          )}
        </TableHeader>
        {exemptions ? (
          <TableBody items={exemptions} dependencies={[columns]}>
            {exemption => (
              <Row id={exemption.id} columns={columns}>
                {column => (
                  <Cell style={{ verticalAlign: 'top' }}>
                    {column.cell(exemption)}
                  </Cell>
                )}
              </Row>
            )}
          </TableBody>
        ) : (
          <TableBodySkeleton columns={columns} />
        )}
      </TableRoot>
    </div>
  );
}
