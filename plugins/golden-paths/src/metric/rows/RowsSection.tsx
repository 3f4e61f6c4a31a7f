import { useApi } from '@backstage/frontend-plugin-api';
import { Switch } from '@backstage/ui';
import type {
  MetricDefinition,
  MetricReport,
  MetricRow,
  MetricRows,
  MetricRowsRequest,
} from '@waymark/plugin-golden-paths-common';
import {
  Choice,
  EmptyState,
  ExportButton,
  ProblemNotice,
  RowsTable,
  ScreenOnly,
  Section,
  useMore,
} from '@waymark/ui';
import { useCallback, useMemo } from 'react';
import { goldenPathsApiRef } from '../../api';
import { describeWeek } from '../../metrics/describeWeek';
import { MissingEvents } from '../../metrics/MissingEvents';
import type { Filters } from '../../overview/filters/useFilters';
import { MoreButton } from '../../shared/MoreButton';
import { useColumns } from './useColumns';
import type { RowsAddress } from './useRowsAddress';
import styles from './RowsSection.module.css';

const PAGE_SIZE = 50;

/** A row has no name of its own. */
interface NumberedRow {
  id: string;
  row: MetricRow;
}

const idOf = ({ id }: NumberedRow) => id;

/** Everything behind the number of a metric, row by row. */
export function RowsSection(props: {
  definition: MetricDefinition;
  report: MetricReport;
  filters: Filters;
  address: RowsAddress;
}) {
  const { definition, report, filters, address } = props;
  const { week, part, entityRef, counted, change } = address;
  const { request } = filters;
  const client = useApi(goldenPathsApiRef);
  const metric = definition.id;
  const asked = useMemo(
    (): MetricRowsRequest => ({
      ...request,
      metric,
      week,
      part,
      entityRef,
      ...(counted && { counted }),
    }),
    [request, metric, week, part, entityRef, counted],
  );
  const list = useMore<MetricRows>(
    useCallback(
      (cursor, signal) =>
        client.getMetricRows(
          { ...asked, cursor, limit: PAGE_SIZE },
          { signal },
        ),
      [client, asked],
    ),
  );
  const columns = useColumns(definition, list.items);
  const rows = useMemo(
    () => list.items?.map((row, index) => ({ id: String(index), row })),
    [list.items],
  );
  const isNarrowed = week !== undefined || part !== undefined || counted;

  return (
    <Section
      title="What is behind it"
      action={
        <ScreenOnly>
          <ExportButton
            load={signal => client.exportMetricRows(asked, { signal })}
          />
        </ScreenOnly>
      }
    >
      <ScreenOnly>
        <div className={styles.choices}>
          <div className={styles.week}>
            <Choice
              label="Week"
              any="All weeks"
              value={week}
              options={[...report.trend].reverse().map(point => ({
                id: point.week,
                label: describeWeek(point.week),
              }))}
              onChange={value => change({ week: value })}
            />
          </div>
          {definition.unit === 'share' && (
            <Switch
              label="Only what counts"
              isSelected={counted}
              onChange={isOn => change({ counted: isOn ? 'true' : undefined })}
            />
          )}
        </div>
      </ScreenOnly>
      {list.error !== undefined && !list.items && (
        <ProblemNotice
          title="What is behind it cannot be shown"
          error={list.error}
          onRetry={list.retry}
        />
      )}
      {rows?.length === 0 && (
        <EmptyState
          isPlain
          title={isNarrowed ? 'Nothing fits this choice' : 'Nothing yet'}
        >
          {isNarrowed ? (
            'Choose another week, or all of them.'
          ) : (
            <MissingEvents definition={definition} />
          )}
        </EmptyState>
      )}
      {rows?.length !== 0 && (list.error === undefined || rows) && (
        <RowsTable<NumberedRow>
          label={`What is behind “${definition.title}”`}
          columns={columns}
          rows={rows}
          idOf={idOf}
          isStale={list.isLoading && rows !== undefined}
          minWidth={760}
        />
      )}
      {rows && (
        <ScreenOnly>
          <MoreButton
            list={list}
            problem="There is more that cannot be shown"
          />
        </ScreenOnly>
      )}
    </Section>
  );
}
