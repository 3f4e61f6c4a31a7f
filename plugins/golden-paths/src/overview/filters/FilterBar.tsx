import { Select } from '@backstage/ui';
import { EntityFilter, FilterFields } from '@waymark/ui';
import { WEEKS, type Filters } from './useFilters';

/** Which services they are about. */
function ServiceFields(props: { filters: Filters }) {
  const { owner, system, domain, template, change } = props.filters;
  return (
    <>
      <EntityFilter
        kind="group"
        label="Owner"
        value={owner}
        none="No owner"
        onChange={value => change({ owner: value, direct: undefined })}
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
    </>
  );
}

/** What the reports are about. */
export function FilterBar(props: {
  filters: Filters;
  /** It is about one service: only the time is left to choose. */
  hasNoServices?: boolean;
}) {
  const { filters, hasNoServices } = props;
  return (
    <FilterFields>
      {!hasNoServices && <ServiceFields filters={filters} />}
      <Select
        label="Time"
        options={WEEKS.map(each => ({
          value: String(each),
          label: `${each} weeks`,
        }))}
        value={String(filters.weeks)}
        onChange={key => filters.change({ weeks: String(key) })}
      />
    </FilterFields>
  );
}
