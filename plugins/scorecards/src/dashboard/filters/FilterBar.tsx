import { Select } from '@backstage/ui';
import { Choice, EntityFilter, FilterFields } from '@waymark/ui';
import { DEFAULT_RANGE, RANGES } from './ranges';
import type { Filters } from './useFilters';

/** What the dashboard is about. */
export function FilterBar(props: {
  filters: Filters;
  scorecards: { scorecardRef: string; title: string }[];
}) {
  const { filters, scorecards } = props;
  const { scorecard, domain, owner, range, change } = filters;
  return (
    <FilterFields>
      {(scorecards.length > 1 || scorecard) && (
        <Choice
          label="Scorecard"
          any="All scorecards"
          options={scorecards.map(({ scorecardRef, title }) => ({
            id: scorecardRef,
            label: title,
          }))}
          value={scorecard}
          onChange={value => change({ scorecard: value })}
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
    </FilterFields>
  );
}
