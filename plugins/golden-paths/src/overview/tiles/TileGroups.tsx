import { useId } from 'react';
import { MetricTile } from '../../metrics/MetricTile';
import type { Filters } from '../filters/useFilters';
import { useMetricAddress } from '../useMetricAddress';
import type { Summary } from '../useSummary';
import { GROUPS } from './groups';
import styles from './TileGroups.module.css';

function TileGroup(props: {
  group: (typeof GROUPS)[number];
  summary: Summary;
  filters: Filters;
}) {
  const { group, summary, filters } = props;
  const id = useId();
  const addressOf = useMetricAddress(filters);
  const tiles = group.metrics.flatMap(metric => {
    const definition = summary.config.metrics.find(each => each.id === metric);
    const report = summary.report.metrics.find(each => each.id === metric);
    return definition && report ? { definition, report } : [];
  });
  if (tiles.length === 0) {
    return null;
  }
  return (
    <div role="region" aria-labelledby={id} className={styles.group}>
      <h3 id={id} className={styles.title}>
        {group.title}
      </h3>
      <div className={styles.tiles}>
        {tiles.map(({ definition, report }) => (
          <MetricTile
            key={definition.id}
            definition={definition}
            report={report}
            href={addressOf(definition.id)}
            headingLevel="h4"
          />
        ))}
      </div>
    </div>
  );
}

/** All metrics as tiles. */
export function TileGroups(props: { summary: Summary; filters: Filters }) {
  return (
    <>
      {GROUPS.map(group => (
        <TileGroup key={group.title} group={group} {...props} />
      ))}
    </>
  );
}
