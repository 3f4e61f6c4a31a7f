import { Button, Text } from '@backstage/ui';
import {
  RiCheckLine,
  RiCloseCircleLine,
  RiLoader2Line,
} from '@remixicon/react';
import type { HistoryImport } from '@waymark/plugin-golden-paths-common';
import {
  formatNumber,
  Moment,
  NamedEntityLink,
  RowsTable,
  type RowsColumn,
} from '@waymark/ui';
import { useMemo } from 'react';
import { Mark } from '../shared/Mark';

const STATES = {
  running: { Icon: RiLoader2Line, tone: 'neutral', label: 'Running' },
  succeeded: { Icon: RiCheckLine, tone: 'good', label: 'Done' },
  failed: { Icon: RiCloseCircleLine, tone: 'bad', label: 'Failed' },
} as const;

const idOf = ({ id }: HistoryImport) => id;

/** Imports, one row each. */
export function ImportsTable(props: {
  imports?: HistoryImport[];
  onOpen: (one: HistoryImport) => void;
}) {
  const { imports, onOpen } = props;
  const columns = useMemo(
    (): RowsColumn<HistoryImport>[] => [
      {
        id: 'begun',
        label: 'Begun',
        width: 24,
        isRowHeader: true,
        cell: ({ kind, startedAt, startedBy }) => (
          <>
            <Text as="div" weight="bold">
              {kind === 'csv' ? 'CSV file' : 'GitHub'}
            </Text>
            <Moment at={startedAt} />
            <Text as="div" variant="body-small">
              <NamedEntityLink entityRef={startedBy} />
            </Text>
          </>
        ),
      },
      {
        id: 'state',
        label: 'State',
        width: 34,
        cell: ({ state, error }) => {
          const { Icon, tone, label } = STATES[state];
          return (
            <>
              <Mark Icon={Icon} tone={tone}>
                {label}
              </Mark>
              {error && (
                <Text as="div" variant="body-small">
                  {error}
                </Text>
              )}
            </>
          );
        },
      },
      {
        id: 'taken',
        label: 'Deployments',
        cell: one => (
          <>
            <Text as="div">
              {`${formatNumber(one.accepted)} of ${formatNumber(
                one.read,
              )} taken, as ${one.observed ? 'observed' : 'claimed'}`}
            </Text>
            {one.duplicates > 0 && (
              <Text as="div" variant="body-small" color="secondary">
                {`${formatNumber(one.duplicates)} were known`}
              </Text>
            )}
            {one.problems.length > 0 && (
              <Button
                size="small"
                variant="tertiary"
                onPress={() => onOpen(one)}
              >
                {one.refused > 0
                  ? `${formatNumber(one.refused)} refused`
                  : 'What went wrong'}
              </Button>
            )}
          </>
        ),
      },
    ],
    [onOpen],
  );
  return (
    <RowsTable label="Imports" columns={columns} rows={imports} idOf={idOf} />
  );
}
