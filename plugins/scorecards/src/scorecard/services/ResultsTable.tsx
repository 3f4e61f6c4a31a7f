import {
  Cell,
  Column,
  Row,
  TableBody,
  TableBodySkeleton,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import type { ScorecardResultRow } from '@waymark/plugin-scorecards-common';
import { memo, useCallback, useMemo, useState } from 'react';
import { useScorecard } from '../ScorecardContext';
import { createColumns } from './columns';
import styles from './ResultsTable.module.css';
import { RuleList } from './RuleList';
import type { ResultsSort } from './useResultsAddress';

/**
 * A page of results as a table; a skeleton of it while the first one is on its way.
 * Nothing of it is made anew while filters are typed.
 */
export const ResultsTable = memo(function Results(props: {
  rows?: ScorecardResultRow[];
  /** Others are on their way. */
  isStale: boolean;
  sort: ResultsSort;
  onSort: (sort: ResultsSort) => void;
  /** Has a column of its own. */
  rule?: string;
}) {
  const { rows, isStale, sort, onSort, rule } = props;
  const scorecard = useScorecard();
  const [opened, setOpened] = useState<{
    row: ScorecardResultRow;
    opener: Element;
  }>();
  const openRules = useCallback(
    (row: ScorecardResultRow, opener: Element) => setOpened({ row, opener }),
    [],
  );
  const columns = useMemo(
    () => createColumns({ scorecard, rule, onOpenRules: openRules }),
    [scorecard, rule, openRules],
  );
  const items = useMemo(
    () => rows?.map(row => ({ ...row, id: row.entityRef })),
    [rows],
  );

  return (
    <div className={styles.scroll} aria-busy={isStale || undefined}>
      <TableRoot
        aria-label={`How each does on ${scorecard.title}`}
        stale={isStale}
        isPending={!items}
        sortDescriptor={{
          column: sort.replace('-', ''),
          direction: sort.startsWith('-') ? 'descending' : 'ascending',
        }}
        onSortChange={({ column, direction }) =>
          onSort(
            `${direction === 'descending' ? '-' : ''}${column}` as ResultsSort,
          )
        }
        style={{ minWidth: rule ? 1100 : 960 }}
      >
        <TableHeader columns={columns}>
          {column => (
            <Column
              id={column.id}
              isRowHeader={column.id === 'name'}
              allowsSorting={column.isSortable}
              style={column.width ? { width: `${column.width}%` } : undefined}
            >
              {column.label}
            </Column>
          )}
        </TableHeader>
        {items ? (
          <TableBody items={items} dependencies={[columns]}>
            {row => (
              <Row id={row.id} columns={columns}>
                {column => (
                  <Cell style={{ verticalAlign: 'top' }}>
                    {column.cell(row)}
                  </Cell>
                )}
              </Row>
            )}
          </TableBody>
        ) : (
          <TableBodySkeleton columns={columns} />
        )}
      </TableRoot>
      {opened && <RuleList {...opened} onClose={() => setOpened(undefined)} />}
    </div>
  );
});
