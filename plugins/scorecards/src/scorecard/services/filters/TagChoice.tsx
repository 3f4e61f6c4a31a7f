import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Select } from '@backstage/ui';
import { useLoaded } from '@waymark/ui';
import { useCallback, useState } from 'react';

const ANY = '*';

/** One of the tags that anything in the catalog has, counted once it is opened. */
export function TagChoice(props: {
  value?: string;
  onChange: (value: string | undefined) => void;
}) {
  const { value, onChange } = props;
  const catalogApi = useApi(catalogApiRef);
  const [wasOpened, setOpened] = useState(false);
  const {
    value: tags = [],
    error,
    isLoading,
    retry,
  } = useLoaded(
    useCallback(async () => {
      if (!wasOpened) {
        return [];
      }
      const { facets } = await catalogApi.getEntityFacets({
        facets: ['metadata.tags'],
      });
      return (facets['metadata.tags'] ?? []).map(facet => facet.value).sort();
    }, [catalogApi, wasOpened]),
  );
  const isKnown = !value || tags.includes(value);
  return (
    <Select
      label="Tag"
      size="small"
      onOpenChange={open => {
        setOpened(true);
        if (open && error !== undefined) {
          retry();
        }
      }}
      search={{ placeholder: 'Search by name' }}
      loading={{ state: wasOpened && isLoading ? 'loading' : 'idle' }}
      description={
        error === undefined
          ? undefined
          : 'The catalog did not answer. Open it again to retry.'
      }
      value={value ?? ANY}
      onChange={next => onChange(next === ANY ? undefined : String(next))}
      options={[
        { id: ANY, label: 'Any tag' },
        ...[...(isKnown ? [] : [value]), ...tags].map(tag => ({
          id: tag,
          label: tag,
        })),
      ]}
    />
  );
}
