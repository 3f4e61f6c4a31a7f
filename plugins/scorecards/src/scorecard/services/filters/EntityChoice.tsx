import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Select } from '@backstage/ui';
import { useLoaded } from '@waymark/ui';
import { useCallback, useState } from 'react';
import { searchEntities } from './searchEntities';
import { useDelayed } from './useDelayed';

const ANY = '*';
const NONE = 'none';

/**
 * One of the entities of a kind, found by its name. Nothing is asked of the catalog
 * before it is opened.
 */
export function EntityChoice(props: {
  label: string;
  kind: string;
  /** What no choice is called. */
  any: string;
  /** What it is called to belong to none. */
  none: string;
  value?: string;
  /** Of the value. */
  title?: string;
  onChange: (value: string | undefined) => void;
}) {
  const { label, kind, any, none, value, title, onChange } = props;
  const catalogApi = useApi(catalogApiRef);
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  const [text, setText] = useState('');
  const wanted = useDelayed(text.trim());
  const {
    value: found,
    error,
    isLoading,
    retry,
  } = useLoaded(
    useCallback(
      async () =>
        wasOpened
          ? await searchEntities({ catalogApi, kind, text: wanted })
          : undefined,
      [catalogApi, kind, wanted, wasOpened],
    ),
    { keep: true },
  );

  const fixed = text
    ? []
    : [
        { id: ANY, label: any },
        { id: NONE, label: none },
      ];
  // What is chosen needs not be among the first of the catalog
  const chosen =
    value && value !== NONE && !found?.some(({ id }) => id === value)
      ? [{ id: value, label: title ?? value }]
      : [];
  return (
    <Select
      label={label}
      size="small"
      isOpen={isOpen}
      onOpenChange={open => {
        setOpen(open);
        setOpened(true);
        setText('');
        if (open && error !== undefined) {
          retry();
        }
      }}
      search={{
        mode: 'server',
        inputValue: text,
        onInputChange: setText,
        placeholder: 'Search by name',
      }}
      loading={{ state: loadingState({ wasOpened, isLoading, error }) }}
      description={
        error === undefined
          ? undefined
          : 'The catalog did not answer. Open it again to retry.'
      }
      value={value ?? ANY}
      onChange={next => onChange(next === ANY ? undefined : String(next))}
      options={[...fixed, ...chosen, ...(found ?? [])]}
    />
  );
}

function loadingState(state: {
  wasOpened: boolean;
  isLoading: boolean;
  error?: unknown;
}) {
  if (state.error !== undefined) {
    return 'error';
  }
  return state.wasOpened && state.isLoading ? 'filtering' : 'idle';
}
