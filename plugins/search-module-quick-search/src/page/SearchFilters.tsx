import { useApi, useApiHolder } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  defaultEntityPresentation,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';
import { useSearch } from '@backstage/plugin-search-react';
import { Select, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { useLoaded } from '@waymark/ui';
import { useCallback, useMemo } from 'react';
import { facetOf, withTypes } from './facets';
import styles from './SearchPage.module.css';
import type { SearchPageProps } from './SearchPageProps';

const LIFECYCLES = ['experimental', 'production', 'deprecated'];
const ANY = 'any';

/** What sort of thing, and where it has them its owner and lifecycle. */
export function SearchFilters(
  props: Pick<SearchPageProps, 'filters' | 'resultTypes'>,
) {
  const { filters: moreFilters, resultTypes } = props;
  const { filters, types, setFilters, setPageCursor, setTypes } = useSearch();
  const facets = useMemo(() => withTypes(resultTypes), [resultTypes]);
  const facet = facetOf(facets, { filters, types });

  const chooseFacet = (id: string) => {
    const {
      kinds,
      types: next,
      hasOwners,
    } = facets.find(other => other.id === id) ?? facets[0];
    const { kind, lifecycle, owner, ...others } = filters;
    setTypes(next);
    setFilters({
      ...others,
      ...(kinds.length > 0 ? { kind: kinds } : {}),
      ...(hasOwners && lifecycle ? { lifecycle } : {}),
      ...(hasOwners && owner ? { owner } : {}),
    });
    setPageCursor(undefined);
  };

  const chooseFilter = (name: string, value: string) => {
    const { [name]: _, ...others } = filters;
    setFilters(value === ANY ? others : { ...others, [name]: value });
  };

  return (
    <div className={styles.filters}>
      <ToggleButtonGroup
        aria-label="Show"
        className={styles.facets}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={facet ? [facet.id] : []}
        onSelectionChange={keys => chooseFacet(String([...keys][0]))}
      >
        {facets.map(({ id, title }) => (
          <ToggleButton key={id} id={id} size="small">
            {title}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {(facet?.hasOwners || moreFilters.length > 0) && (
        <div className={styles.selects}>
          {facet?.hasOwners && (
            <>
              <Owner
                value={textOf(filters.owner)}
                onChange={value => chooseFilter('owner', value)}
              />
              <Select
                label="Lifecycle"
                size="small"
                value={textOf(filters.lifecycle)}
                onChange={value => chooseFilter('lifecycle', String(value))}
                options={[
                  { value: ANY, label: 'Any' },
                  ...LIFECYCLES.map(value => ({ value, label: value })),
                ]}
              />
            </>
          )}
          {moreFilters.map((Filter, index) => (
            <Filter key={index} className={styles.filter} />
          ))}
        </div>
      )}
    </div>
  );
}

/** Those who own something, by the catalog's own counting. */
function Owner(props: { value: string; onChange: (value: string) => void }) {
  const { value, onChange } = props;
  const catalogApi = useApi(catalogApiRef);
  const presentationApi = useApiHolder().get(entityPresentationApiRef);
  const { value: owners = [] } = useLoaded(
    useCallback(async () => {
      const { facets } = await catalogApi.getEntityFacets({
        facets: ['relations.ownedBy'],
        filter: { kind: ['Component', 'System', 'Domain', 'Resource', 'API'] },
      });
      return Promise.all(
        (facets['relations.ownedBy'] ?? []).map(async ({ value: ref }) => ({
          value: ref,
          label: (
            (await presentationApi?.forEntity(ref).promise) ??
            defaultEntityPresentation(ref)
          ).primaryTitle,
        })),
      );
    }, [catalogApi, presentationApi]),
  );
  // The address may name somebody who owns nothing, or nobody at all
  const isKnown = value === ANY || owners.some(owner => owner.value === value);
  return (
    <Select
      label="Owner"
      size="small"
      searchable
      value={value}
      onChange={next => onChange(String(next))}
      options={[
        { value: ANY, label: 'Anybody' },
        ...[...owners, ...(isKnown ? [] : [{ value, label: value }])].sort(
          (one, two) => one.label.localeCompare(two.label),
        ),
      ]}
    />
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' && value ? value : ANY;
}
