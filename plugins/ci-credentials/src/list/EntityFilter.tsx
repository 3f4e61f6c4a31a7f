import { defaultEntityPresentation } from '@backstage/plugin-catalog-react';
import { Tag, TagGroup } from '@backstage/ui';
import { useFilterInAddress } from './useFilterInAddress';

/**
 * Names the entity that a link narrowed the list to, and lets it be taken away.
 *
 * @internal
 */
export function EntityFilter() {
  const { filter, setFilter } = useFilterInAddress();
  const { entityRef } = filter;
  if (!entityRef) {
    return null;
  }
  const { primaryTitle } = defaultEntityPresentation(entityRef, {
    defaultKind: 'component',
  });
  return (
    <TagGroup
      aria-label="Only those that speak for"
      onRemove={() => setFilter({ ...filter, entityRef: undefined })}
    >
      <Tag id={entityRef} textValue={primaryTitle}>
        Only for {primaryTitle}
      </Tag>
    </TagGroup>
  );
}
