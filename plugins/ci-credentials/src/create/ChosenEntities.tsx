import { defaultEntityPresentation } from '@backstage/plugin-catalog-react';
import { Tag, TagGroup } from '@backstage/ui';

/**
 * The entities that were chosen, each of which can be taken back.
 *
 * @internal
 */
export function ChosenEntities(props: {
  entityRefs: string[];
  onChange: (entityRefs: string[]) => void;
}) {
  const { entityRefs, onChange } = props;
  if (entityRefs.length === 0) {
    return null;
  }
  return (
    <TagGroup
      aria-label="Chosen components"
      onRemove={removed =>
        onChange(entityRefs.filter(ref => !removed.has(ref)))
      }
    >
      {entityRefs.map(ref => {
        const { primaryTitle } = defaultEntityPresentation(ref, {
          defaultKind: 'component',
        });
        return (
          <Tag key={ref} id={ref} textValue={primaryTitle}>
            {primaryTitle}
          </Tag>
        );
      })}
    </TagGroup>
  );
}
