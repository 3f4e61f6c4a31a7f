import type { Entity } from '@backstage/catalog-model';
import { useStarredEntity } from '@backstage/plugin-catalog-react';
import { ButtonIcon } from '@backstage/ui';
import { RiStarFill, RiStarLine } from '@remixicon/react';

/**
 * Keeps a template among the starred entities.
 *
 * @internal
 */
export function StarButton(props: { entity: Entity; title: string }) {
  const { isStarredEntity, toggleStarredEntity } = useStarredEntity(
    props.entity,
  );
  return (
    <ButtonIcon
      variant="tertiary"
      size="small"
      icon={isStarredEntity ? <RiStarFill /> : <RiStarLine />}
      aria-label={
        isStarredEntity
          ? `Remove the star of ${props.title}`
          : `Star ${props.title}`
      }
      onPress={toggleStarredEntity}
    />
  );
}
