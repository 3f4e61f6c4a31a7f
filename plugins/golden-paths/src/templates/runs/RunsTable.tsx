import { Text } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiForbidLine,
  RiLoader2Line,
} from '@remixicon/react';
import type { TemplateRun } from '@waymark/plugin-golden-paths-common';
import {
  describeDuration,
  Moment,
  NamedEntityLink,
  RowsTable,
  type RowsColumn,
} from '@waymark/ui';
import { Mark } from '../../shared/Mark';
import { TaskLink } from '../../shared/TaskLink';

const STATES = {
  completed: { Icon: RiCheckboxCircleLine, tone: 'good', label: 'Succeeded' },
  failed: { Icon: RiCloseCircleLine, tone: 'bad', label: 'Failed' },
  cancelled: { Icon: RiForbidLine, tone: 'neutral', label: 'Cancelled' },
  running: { Icon: RiLoader2Line, tone: 'neutral', label: 'Running' },
} as const;

const stateOf = (status: string) =>
  Object.hasOwn(STATES, status)
    ? STATES[status as keyof typeof STATES]
    : STATES.running;

const COLUMNS: RowsColumn<TemplateRun>[] = [
  {
    id: 'state',
    label: 'Run',
    width: 26,
    isRowHeader: true,
    cell: ({ status, failedStep, taskId }) => {
      const { Icon, tone, label } = stateOf(status);
      return (
        <>
          <Mark Icon={Icon} tone={tone}>
            {label}
          </Mark>{' '}
          <TaskLink taskId={taskId}>Open</TaskLink>
          {failedStep && (
            <Text as="div" variant="body-small" color="secondary">
              At the step {failedStep}
            </Text>
          )}
        </>
      );
    },
  },
  {
    id: 'by',
    label: 'Started by',
    cell: ({ createdBy }) =>
      createdBy ? (
        <NamedEntityLink entityRef={createdBy} />
      ) : (
        <Text color="secondary">Nobody in particular</Text>
      ),
  },
  {
    id: 'at',
    label: 'When',
    cell: ({ startedAt }) => <Moment at={startedAt} />,
  },
  {
    id: 'duration',
    label: 'Duration',
    cell: ({ startedAt, endedAt }) =>
      endedAt
        ? describeDuration(
            (new Date(endedAt).getTime() - new Date(startedAt).getTime()) /
              1000,
          )
        : '–',
  },
];

const idOf = ({ taskId }: TemplateRun) => taskId;

/** Runs of a golden path, one row each. */
export function RunsTable(props: {
  label: string;
  /** Undefined: on their way. */
  runs?: TemplateRun[];
  isStale?: boolean;
}) {
  return (
    <RowsTable
      label={props.label}
      columns={COLUMNS}
      rows={props.runs}
      idOf={idOf}
      isStale={props.isStale}
      stacks
    />
  );
}
