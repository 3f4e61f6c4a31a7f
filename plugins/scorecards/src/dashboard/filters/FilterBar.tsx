import { Flex, Select } from '@backstage/ui';
import { EntityFilter } from '../../shared/EntityFilter';
import { DEFAULT_RANGE, RANGES } from './ranges';
import type { Filters } from './useFilters';
import styles from './FilterBar.module.css';

/** An option needs an id; in the address it is nothing. */
const ALL = 'all';

/** What the dashboard is about. */
export function FilterBar(props: {
  filters: Filters;
  scorecards: { scorecardRef: string; title: string }[];
}) {
  const { filters, scorecards } = props;
  const { scorecard, domain, owner, range, change } = filters;
  return (
    <Flex className={styles.bar} role="search" aria-label="Filters">
      {(scorecards.length > 1 || scorecard) && (
        <Select
          label="Scorecard"
          options={[
            { value: ALL, label: 'All scorecards' },
            ...scorecards.map(({ scorecardRef, title }) => ({
              value: scorecardRef,
              label: title,
            })),
          ]}
          value={scorecard ?? ALL}
          onChange={key =>
            change({ scorecard: key === ALL ? undefined : String(key) })
          }
        />
      )}
      <EntityFilter
        kind="domain"
        label="Domain"
        value={domain}
        none="No domain"
        onChange={value => change({ domain: value })}
      />
      <EntityFilter
        kind="group"
        label="Group"
        value={owner}
        none="No group"
        onChange={value => change({ owner: value })}
      />
      <Select
        label="Compare with"
        options={RANGES.map(({ id, label }) => ({
          value: id,
          label: `${label} ago`,
        }))}
        value={range.id}
        onChange={key =>
          change({ range: key === DEFAULT_RANGE.id ? undefined : String(key) })
        }
      />
    </Flex>
  );
}
