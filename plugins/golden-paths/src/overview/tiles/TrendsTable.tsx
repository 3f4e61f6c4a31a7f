import { Button, Link } from '@backstage/ui';
import { ScreenOnly, ScrollTable } from '@waymark/ui';
import { useId, useState } from 'react';
import { describeWeek } from '../../metrics/describeWeek';
import { formatMetric } from '../../metrics/formatMetric';
import type { Filters } from '../filters/useFilters';
import { useMetricAddress } from '../useMetricAddress';
import type { Summary } from '../useSummary';
import { GROUPS } from './groups';

const ORDER = GROUPS.flatMap(({ metrics }) => metrics);

function Weeks(props: { summary: Summary; filters: Filters }) {
  const { summary, filters } = props;
  const addressOf = useMetricAddress(filters);
  const columns = ORDER.flatMap(metric => {
    const definition = summary.config.metrics.find(each => each.id === metric);
    const report = summary.report.metrics.find(each => each.id === metric);
    return definition && report ? { definition, report } : [];
  });
  const weeks = columns[0]?.report.trend.map(({ week }) => week) ?? [];
  return (
    <ScrollTable caption="All metrics by week" maxHeight="28rem">
      <thead>
        <tr>
          <th scope="col">Week</th>
          {columns.map(({ definition }) => (
            <th key={definition.id} scope="col">
              {definition.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...weeks].reverse().map(week => (
          <tr key={week}>
            <th scope="row">{describeWeek(week)}</th>
            {columns.map(({ definition, report }) => {
              const value = report.trend.find(
                each => each.week === week,
              )?.value;
              return (
                <td key={definition.id}>
                  {value === undefined ? (
                    'no data'
                  ) : (
                    <Link href={addressOf(definition.id, { week })}>
                      {formatMetric(value, definition.unit)}
                    </Link>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

/** What the small charts draw, as a table. */
export function TrendsTable(props: { summary: Summary; filters: Filters }) {
  const [isShown, setShown] = useState(false);
  const id = useId();
  return (
    <>
      <ScreenOnly>
        <Button
          size="small"
          variant="secondary"
          aria-expanded={isShown}
          aria-controls={isShown ? id : undefined}
          onPress={() => setShown(!isShown)}
        >
          {isShown ? 'Hide the table of weeks' : 'All weeks as a table'}
        </Button>
      </ScreenOnly>
      {isShown && (
        <div id={id}>
          <Weeks {...props} />
        </div>
      )}
    </>
  );
}
