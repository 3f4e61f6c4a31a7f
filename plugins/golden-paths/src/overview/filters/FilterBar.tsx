import { Select } from '@backstage/ui';
import { EntityFilter, FilterFields } from '@waymark/ui';
import { WEEKS, type Filters } from './useFilters';

/** What the reports are about. */
export function FilterBar(props: { filters: Filters }) {
  const { owner, system, domain, template, weeks, change } = props.filters;
  return (
    <FilterFields>
      <EntityFilter
        kind="group"
        label="Owner"
        value={owner}
        none="No owner"
        onChange={value => change({ owner: value })}
      />
      <EntityFilter
        kind="system"
        label="System"
        value={system}
        none="No system"
        onChange={value => change({ system: value })}
      />
      <EntityFilter
        kind="domain"
        label="Domain"
        value={domain}
        onChange={value => change({ domain: value })}
      />
      <EntityFilter
        kind="template"
        label="Golden path"
        value={template}
        onChange={value => change({ template: value })}
      />
      <Select
        label="Time"
        options={WEEKS.map(each => ({
          value: String(each),
          label: `${each} weeks`,
        }))}
        value={String(weeks)}
        onChange={key => change({ weeks: String(key) })}
      />
    </FilterFields>
  );
}
