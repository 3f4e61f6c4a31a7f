import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Combobox } from '@backstage/ui';
import { ciCredentialCreatePermission } from '@waymark/plugin-ci-credentials-common';
import { FieldMessage, useEntityRights } from '@waymark/ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import { searchComponents, type ComponentChoice } from './searchComponents';

/** Typing pauses for so long before it is searched, in milliseconds. */
const PAUSE = 250;

/**
 * Finds components by name; those for which the reader may not make credentials
 * cannot be chosen.
 *
 * @internal
 */
export function ComponentSearch(props: {
  id: string;
  label: string;
  description: string;
  chosen: string[];
  onChoose: (ref: string) => void;
  error?: string;
}) {
  const { id, chosen, onChoose, error } = props;
  const catalogApi = useApi(catalogApiRef);
  const [text, setText] = useState('');
  const [found, setFound] = useState<ComponentChoice[]>();
  const [hasFailed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  const field = useRef<HTMLDivElement>(null);

  // For the next choice there is a new field: in the old one an emptied input
  // opens the list again
  useEffect(() => {
    if (round > 0) {
      field.current?.querySelector('input')?.focus();
    }
  }, [round]);

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(
      () =>
        searchComponents({ catalogApi, text: text.trim() }).then(
          choices => {
            if (isCurrent) {
              setFound(choices);
              setFailed(false);
            }
          },
          () => isCurrent && setFailed(true),
        ),
      text ? PAUSE : 0,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [catalogApi, text]);

  const refs = useMemo(() => found?.map(({ ref }) => ref) ?? [], [found]);
  const allowed = useEntityRights({
    permission: ciCredentialCreatePermission,
    entityRefs: refs,
  });

  return (
    <div ref={field}>
      <Combobox
        key={round}
        id={id}
        label={props.label}
        description={props.description}
        placeholder="Type to search"
        menuTrigger="input"
        isInvalid={error !== undefined}
        validationBehavior="aria"
        search={{ mode: 'server', inputValue: text, onInputChange: setText }}
        options={(found ?? [])
          .filter(({ ref }) => !chosen.includes(ref))
          .map(({ ref, label, description }) => ({
            id: ref,
            label,
            description: allowed.has(ref)
              ? description
              : 'You may not make credentials for it',
            disabled: !allowed.has(ref),
          }))}
        loading={{ state: found ? 'idle' : 'loading' }}
        value={null}
        onChange={key => {
          if (key !== null) {
            onChoose(String(key));
            setText('');
            setRound(count => count + 1);
          }
        }}
        aria-describedby={`${id}__error`}
      />
      <FieldMessage id={`${id}__error`}>
        {hasFailed ? 'The catalog did not answer. Type again to retry.' : error}
      </FieldMessage>
    </div>
  );
}
