import { useEntityTitle } from '@waymark/ui';
import type { Filters } from './useFilters';

function Name(props: { entityRef: string }) {
  return <>{useEntityTitle(props.entityRef) ?? props.entityRef}</>;
}

/** What the dashboard is narrowed to, in words: on paper there are no fields. */
export function FilterWords(props: { filters: Filters }) {
  const { domain, owner } = props.filters;
  if (!domain && !owner) {
    return <>All domains and groups</>;
  }
  return (
    <>
      {domain === 'none' && 'Services of no domain'}
      {domain && domain !== 'none' && (
        <>
          Domain <Name entityRef={domain} />
        </>
      )}
      {domain && owner && ', '}
      {owner === 'none' && 'services of no group'}
      {owner && owner !== 'none' && (
        <>
          Group <Name entityRef={owner} />
        </>
      )}
    </>
  );
}
