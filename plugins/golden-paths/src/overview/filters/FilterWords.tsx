import { useEntityTitle } from '@waymark/ui';
import { Fragment } from 'react';
import type { Filters } from './useFilters';

const LABELS = {
  owner: { label: 'Owner', none: 'no owner' },
  system: { label: 'System', none: 'no system' },
  domain: { label: 'Domain', none: 'no domain' },
  template: { label: 'Golden path', none: 'no golden path' },
};

function Name(props: { entityRef: string }) {
  return <>{useEntityTitle(props.entityRef) ?? props.entityRef}</>;
}

/** Which services the reports are about, in words: on paper there are no fields. */
export function FilterWords(props: { filters: Filters }) {
  const chosen = (Object.keys(LABELS) as (keyof typeof LABELS)[]).flatMap(
    name => {
      const entityRef = props.filters[name];
      return entityRef === undefined ? [] : { ...LABELS[name], entityRef };
    },
  );
  if (chosen.length === 0) {
    return <>All services</>;
  }
  return (
    <>
      {chosen.map(({ label, none, entityRef }, index) => (
        <Fragment key={label}>
          {index > 0 && ', '}
          {entityRef === 'none' ? (
            `Services of ${none}`
          ) : (
            <>
              {label} <Name entityRef={entityRef} />
              {label === LABELS.owner.label &&
                props.filters.direct &&
                ', its own services only'}
            </>
          )}
        </Fragment>
      ))}
    </>
  );
}
