import {
  Cell,
  Column,
  Row,
  TableBody,
  TableBodySkeleton,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import { useMemo, type CSSProperties, type ReactNode } from 'react';
import styles from './RowsTable.module.css';

/**
 * A column of a {@link RowsTable}.
 *
 * @public
 */
export interface RowsColumn<T> {
  id: string;
  label: string;
  /** In percent. */
  width?: number;
  /** Its cells name the rows. Exactly one column does. */
  isRowHeader?: boolean;
  cell(row: T): ReactNode;
}

/**
 * A table of rows, which scrolls within itself where it is wider than its place; a
 * skeleton of it while the first rows are on their way.
 *
 * @public
 */
export function RowsTable<T>(props: {
  /** What the table is about, for screen readers. */
  label: string;
  /** The same array as long as nothing changes. */
  columns: RowsColumn<T>[];
  /** Undefined: on their way. */
  rows?: T[];
  idOf: (row: T) => string;
  /** Others are on their way. */
  isStale?: boolean;
  /** In pixels; below it, the table scrolls. Default: 640. */
  minWidth?: number;
  /**
   * On a phone it does not scroll: a row is a block, with its cells one below the
   * other. For rows in which one has to do something.
   */
  stacks?: boolean;
}) {
  const { label, columns, rows, idOf, isStale, minWidth = 640 } = props;
  const { stacks } = props;
  const items = useMemo(
    () => rows?.map(row => ({ id: idOf(row), row })),
    [rows, idOf],
  );
  return (
    <div
      className={styles.scroll}
      style={{ '--min-width': `${minWidth}px` } as CSSProperties}
      data-stacks={stacks || undefined}
      aria-busy={isStale || undefined}
    >
      <TableRoot aria-label={label} stale={isStale} isPending={!items}>
        <TableHeader columns={columns}>
          {column => (
            <Column
              id={column.id}
              isRowHeader={column.isRowHeader}
              style={column.width ? { width: `${column.width}%` } : undefined}
            >
              {column.label}
            </Column>
          )}
        </TableHeader>
        {items ? (
          <TableBody items={items} dependencies={[columns]}>
            {({ id, row }) => (
              <Row id={id} columns={columns}>
                {column => (
                  <Cell className={styles.cell} data-label={column.label}>
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
    </div>
  );
}
