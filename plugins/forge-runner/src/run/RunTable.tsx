import { Link, Text } from '@backstage/ui';
import type { PipelineRun } from '@waymark/plugin-forge-runner-common';
import { Elapsed, Moment, RowsTable, type RowsColumn } from '@waymark/ui';
import { useMemo } from 'react';
import { StateMark } from '../shared/StateMark';
import styles from './RunSection.module.css';

const idOf = ({ number }: PipelineRun) => String(number);

/** Runs, the latest first; each leads to its stages. */
export function RunTable(props: {
  runs: PipelineRun[];
  addressOf: (run: number) => string;
}) {
  const { runs, addressOf } = props;
  const columns = useMemo<RowsColumn<PipelineRun>[]>(
    () => [
      {
        id: 'number',
        label: 'Run',
        width: 14,
        isRowHeader: true,
        cell: ({ number }) => (
          <Link href={addressOf(number)}>Run {number}</Link>
        ),
      },
      {
        id: 'state',
        label: 'State',
        width: 20,
        cell: ({ state }) => <StateMark state={state} />,
      },
      {
        id: 'commit',
        label: 'Commit',
        width: 34,
        cell: ({ commit }) => (
          <Link href={commit.url} className={styles.commit}>
            {commit.title || commit.id.slice(0, 7)}
          </Link>
        ),
      },
      {
        id: 'duration',
        label: 'Duration',
        width: 14,
        cell: ({ startedAt, finishedAt }) => (
          <Text>
            {startedAt ? <Elapsed from={startedAt} to={finishedAt} /> : '–'}
          </Text>
        ),
      },
      {
        id: 'at',
        label: 'When',
        width: 18,
        cell: ({ createdAt }) => <Moment at={createdAt} />,
      },
    ],
    [addressOf],
  );
  return <RowsTable label="Runs" columns={columns} rows={runs} idOf={idOf} />;
}
