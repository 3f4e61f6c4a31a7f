import type { Entity } from '@backstage/catalog-model';
import { ExtensionBoundary } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import {
  useContextMenuItems,
  type ContextMenuItem,
} from './useContextMenuItems';

function Item(props: { item: ContextMenuItem }) {
  const { icon, useProps } = props.item.data;
  const { title, disabled, onClick, ...rest } = useProps();
  return (
    <MenuItem
      iconStart={icon}
      isDisabled={disabled}
      // Whoever made the item tells of what went wrong
      onAction={onClick && (() => Promise.resolve(onClick()).catch(() => {}))}
      {...('href' in rest && { href: rest.href })}
    >
      {title}
    </MenuItem>
  );
}

/** The things one rarely does with an entity. */
export function MoreMenu(props: { entity: Entity }) {
  const items = useContextMenuItems(props.entity);
  return items.length > 0 ? (
    <MenuTrigger>
      <ButtonIcon
        variant="secondary"
        icon={<RiMore2Line />}
        aria-label="More actions"
      />
      <Menu placement="bottom end">
        {items.map(item => (
          <ExtensionBoundary
            key={item.node.spec.id}
            node={item.node}
            errorPresentation="error-api"
          >
            <Item item={item} />
          </ExtensionBoundary>
        ))}
      </Menu>
    </MenuTrigger>
  ) : null;
}
