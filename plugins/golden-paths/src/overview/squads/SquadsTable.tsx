import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/ui';
import type {
  MetricDefinition,
  SquadsReport,
} from '@waymark/plugin-golden-paths-common';
import { formatNumber, ScrollTable } from '@waymark/ui';
import { describeCount } from '../../metrics/describeCount';
import { formatMetric } from '../../metrics/formatMetric';
import type { Filters } from '../filters/useFilters';
import { useMetricAddress } from '../useMetricAddress';
import styles from './SquadsTable.module.css';

type Squad = SquadsReport['items'][number];

function nameOf({ ownerRef, title }: Squad): string {
  if (ownerRef === undefined) {
    return 'No owner';
  }
  return title ?? parseEntityRef(ownerRef).name;
}

function SquadRow(props: {
  squad: Squad;
  definitions: MetricDefinition[];
  filters: Filters;
  isDetailed: boolean;
}) {
  const { squad, definitions, filters, isDetailed } = props;
  const addressOf = useMetricAddress(filters);
  const owner = squad.ownerRef ?? 'none';
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <Link href={filters.search({ owner, direct: undefined })}>
          {nameOf(squad)}
        </Link>
      </th>
      <td data-numeric>{formatNumber(squad.services)}</td>
      {definitions.map(definition => {
        const metric = squad.metrics[definition.id];
        return (
          <td key={definition.id} className={styles.cell}>
            {metric?.value === undefined ? (
              <span className={styles.none}>
                {metric?.censored ? 'not yet' : 'no data'}
              </span>
            ) : (
              <Link href={addressOf(definition.id, { owner, direct: 'true' })}>
                {formatMetric(metric.value, definition.unit)}
              </Link>
            )}
          </td>
        );
      })}
      {isDetailed &&
        definitions.map(definition => {
          const metric = squad.metrics[definition.id];
          return (
            <td key={definition.id}>
              {metric && describeCount(metric, definition).join('; ')}
            </td>
          );
        })}
      {isDetailed &&
        definitions.map(({ id }) => {
          const coverage = squad.metrics[id]?.coverage;
          return (
            <td key={id} data-numeric>
              {coverage &&
                `${formatNumber(coverage.withData)} of ${formatNumber(
                  coverage.inScope,
                )}`}
            </td>
          );
        })}
    </tr>
  );
}

/** Squads against metrics, or against one of them with what is behind it. */
export function SquadsTable(props: {
  definitions: MetricDefinition[];
  squads: Squad[];
  filters: Filters;
  /** There is but one metric. */
  isDetailed: boolean;
}) {
  const { definitions, squads, filters, isDetailed } = props;
  return (
    <ScrollTable caption="Each squad’s own services taken together, by name">
      <thead>
        <tr>
          <th scope="col" className={styles.name}>
            Squad
          </th>
          <th scope="col" data-numeric>
            Services
          </th>
          {definitions.map(({ id, title }) => (
            <th key={id} scope="col" className={styles.metric}>
              {title}
            </th>
          ))}
          {isDetailed && (
            <>
              <th scope="col">Behind it</th>
              <th scope="col" data-numeric>
                Services with data
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {squads.map(squad => (
          <SquadRow
            key={squad.ownerRef ?? ''}
            squad={squad}
            definitions={definitions}
            filters={filters}
            isDetailed={isDetailed}
          />
        ))}
      </tbody>
    </ScrollTable>
  );
}
