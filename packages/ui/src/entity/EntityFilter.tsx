import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  type CatalogApi,
} from '@backstage/plugin-catalog-react';
import { Combobox, useAsyncList } from '@backstage/ui';
import { useCallback, useRef, useState } from 'react';
import { useLoaded } from '../state/useLoaded';
import { nameOf } from './readEntity';

/** Of what the catalog finds; one types more for the others. */
const SHOWN = 20;

const NAME_FIELDS = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.title',
  'spec.profile.displayName',
];

interface Choice {
  id: string;
  label: string;
}

/** Not to narrow the view. */
const ALL: Choice = { id: 'all', label: 'All' };

const matches = (label: string, text: string) =>
  label.toLocaleLowerCase().includes(text.toLocaleLowerCase());

async function search(options: {
  catalogApi: CatalogApi;
  kind: string;
  text: string;
}): Promise<Choice[]> {
  const { catalogApi, kind, text } = options;
  const { items } = await catalogApi.queryEntities({
    filter: { kind },
    fields: NAME_FIELDS,
    limit: SHOWN,
    orderFields: { field: 'metadata.name', order: 'asc' },
    ...(text && {
      fullTextFilter: {
        term: text,
        fields: ['metadata.name', 'metadata.title', 'spec.profile.displayName'],
      },
    }),
  });
  return items.map(entity => ({
    id: stringifyEntityRef(entity),
    label: nameOf(entity),
  }));
}

/** What the chosen one is called: its name, until the catalog has told its title. */
function useChoice(value: string | undefined, none: string | undefined) {
  const catalogApi = useApi(catalogApiRef);
  const isRef = value !== undefined && value !== 'none';
  const { value: label } = useLoaded(
    useCallback(async () => {
      if (!isRef) {
        return undefined;
      }
      const { items } = await catalogApi.getEntitiesByRefs({
        entityRefs: [value],
        fields: NAME_FIELDS,
      });
      return items[0] && nameOf(items[0]);
    }, [catalogApi, isRef, value]),
  );
  if (!isRef) {
    return value && none ? { id: value, label: none } : null;
  }
  return { id: value, label: label ?? nameFromRef(value) };
}

/** Addresses are typed by hand, too: what is no reference stands as it is. */
function nameFromRef(ref: string): string {
  try {
    return parseEntityRef(ref).name;
  } catch {
    return ref;
  }
}

/**
 * Narrows a view to an owner, a system, a domain or the like. It is searched for in the
 * catalog while one types, so that there may be thousands; nothing is asked before
 * the field is used.
 *
 * @public
 */
export function EntityFilter(props: {
  /** Of the entities it offers, such as `group`. */
  kind: string;
  label: string;
  /** While nothing is chosen. Default: `All`. */
  placeholder?: string;
  /** Its ref, or `none` where `none` has a name. */
  value?: string;
  /** How those are called that belong to none, such as `No system`. */
  none?: string;
  onChange: (ref: string | undefined) => void;
}) {
  const { kind, label, placeholder = ALL.label, value, none, onChange } = props;
  const catalogApi = useApi(catalogApiRef);
  const isUsed = useRef(false);
  // What was just picked is called as it was in the list, at once: a text that
  // changes afterwards would open the list again
  const [picked, setPicked] = useState<Choice>();
  const known = useChoice(value, none);
  const choice = picked && picked.id === value ? picked : known;
  const list = useAsyncList<Choice>({
    async load({ filterText = '' }) {
      if (!isUsed.current) {
        return { items: [] };
      }
      // What is chosen stands in the field: then one looks for the others
      const typed = filterText.trim();
      const text = typed === choice?.label ? '' : typed;
      const found = await search({ catalogApi, kind, text });
      const others = [
        ...(choice && !text && placeholder === ALL.label ? [ALL] : []),
        ...(none && matches(none, text) ? [{ id: 'none', label: none }] : []),
      ];
      return { items: [...others, ...found] };
    },
  });
  const source = {
    ...list,
    setFilterText: (text: string) => {
      // Who empties the field wants all
      if (!text && choice) {
        onChange(undefined);
      }
      list.setFilterText(text);
    },
  };

  return (
    <Combobox
      label={label}
      placeholder={placeholder}
      // Whoever only passes by with the Tab key opens no list
      menuTrigger="input"
      search={{ mode: 'server' }}
      options={source}
      value={choice}
      onFocus={() => {
        if (!isUsed.current) {
          isUsed.current = true;
          list.reload();
        }
      }}
      onChange={next => {
        setPicked(next ?? undefined);
        onChange(next?.id === ALL.id ? undefined : next?.id);
      }}
    />
  );
}
