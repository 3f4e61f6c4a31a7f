import { useRouteRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  Cell,
  Column,
  Link,
  Row,
  TableBody,
  TableHeader,
  TableRoot,
  Text,
} from '@backstage/ui';
import { Elapsed, Moment } from '@waymark/ui';
import { useMemo, type ReactElement } from 'react';
import type { ListedRun } from '../api';
import type { RunState } from '../run/readRun';
import { RunStateLabel } from '../run/RunStateLabel';
import styles from './RunTable.module.css';

const STATES: Record<string, RunState> = {
  open: 'queued',
  processing: 'running',
  completed: 'done',
  cancelled: 'cancelled',
};

interface RunColumn {
  id: string;
  label: string;
  cell: (run: ListedRun) => ReactElement;
}

function Subject(props: { run: ListedRun }) {
  const { taskId, name, template } = props.run;
  const toRun = useRouteRef(scaffolderPlugin.routes.ongoingTask);
  const title = template?.title ?? template?.ref;
  return (
    <div className={styles.subject}>
      <Link href={toRun?.({ taskId }) ?? taskId} weight="bold">
        {name ?? title ?? taskId}
      </Link>
      {name && title && (
        <Text as="div" variant="body-small" color="secondary">
          {title}
        </Text>
      )}
    </div>
  );
}

const SUBJECT: RunColumn = {
  id: 'subject',
  label: 'What',
  cell: run => <Subject run={run} />,
};

const STARTER: RunColumn = {
  id: 'starter',
  label: 'Started by',
  cell: ({ createdBy }) =>
    createdBy ? (
      <EntityRefLink entityRef={createdBy} defaultKind="user" hideIcon />
    ) : (
      <Text color="secondary">unknown</Text>
    ),
};

const REST: RunColumn[] = [
  {
    id: 'state',
    label: 'State',
    cell: ({ status }) => <RunStateLabel state={STATES[status] ?? 'failed'} />,
  },
  {
    id: 'started',
    label: 'Started',
    cell: ({ createdAt }) => <Moment at={createdAt} />,
  },
  {
    id: 'duration',
    label: 'Took',
    cell: ({ status, startedAt, endedAt }) =>
      endedAt || ['open', 'processing'].includes(status) ? (
        <Elapsed from={startedAt} to={endedAt} />
      ) : (
        <Text color="secondary">unknown</Text>
      ),
  },
];

/**
 * Runs as a table.
 *
 * @internal
 */
export function RunTable(props: {
  runs: ListedRun[];
  /** Left out where it is the reader of all of them. */
  showsStarter: boolean;
}) {
  const { runs, showsStarter } = props;
  const columns = useMemo(
    () => [SUBJECT, ...(showsStarter ? [STARTER] : []), ...REST],
    [showsStarter],
  );
  const items = useMemo(
    () => runs.map(run => ({ ...run, id: run.taskId })),
    [runs],
  );
  return (
    // A table that is wider than the screen scrolls, not the page
    <div className={styles.scroll}>
      <TableRoot aria-label="Runs" className={styles.table}>
        <TableHeader columns={columns}>
          {column => (
            <Column id={column.id} isRowHeader={column.id === SUBJECT.id}>
              {column.label}
            </Column>
          )}
        </TableHeader>
        <TableBody items={items} dependencies={[columns]}>
          {run => (
            <Row id={run.id} columns={columns}>
              {column => (
                <Cell style={{ verticalAlign: 'top' }}>{column.cell(run)}</Cell>
              )}
            </Row>
          )}
        </TableBody>
      </TableRoot>
    </div>
  );
}
