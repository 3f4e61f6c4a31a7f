import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type {
  MetricDefinition,
  MetricReport,
} from '@waymark/plugin-golden-paths-common';
import { formatNumber } from '@waymark/ui';
import { formatMetric } from '../metrics/formatMetric';
import styles from './PartsList.module.css';

const ALL = '*';

/** What is only claimed is no part of the number, and has rows all the same. */
function partsOf({
  parts = [],
  claimed,
}: MetricReport): NonNullable<MetricReport['parts']> {
  return claimed && !parts.some(({ id }) => id === 'claimed')
    ? [...parts, { id: 'claimed', title: 'Only claimed', count: claimed }]
    : parts;
}

/** What a metric is made of: each part with its number, and the way to its rows. */
export function PartsList(props: {
  definition: MetricDefinition;
  report: MetricReport;
  chosen?: string;
  onChoose: (part: string | undefined) => void;
}) {
  const { definition, report, chosen, onChoose } = props;
  const parts = partsOf(report);
  if (parts.length === 0) {
    return null;
  }
  return (
    <ToggleButtonGroup
      aria-label="Parts of the metric"
      className={styles.parts}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen ?? ALL]}
      onSelectionChange={([key]) =>
        onChoose(key === ALL ? undefined : String(key))
      }
    >
      <ToggleButton id={ALL} size="small">
        All
      </ToggleButton>
      {parts.map(({ id, title, value, count }) => (
        <ToggleButton key={id} id={id} size="small">
          {`${title}: ${
            value === undefined
              ? formatNumber(count)
              : formatMetric(value, definition.unit)
          }`}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
