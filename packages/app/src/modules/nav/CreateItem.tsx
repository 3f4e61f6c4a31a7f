import { SidebarItem } from '@backstage/core-components';
import type { NavContentNavItem } from '@backstage/plugin-app-react';
import { RiHistoryLine } from '@remixicon/react';
import { useMayCreate } from './useMay';

const RunsIcon = () => <RiHistoryLine size={22} />;

/**
 * The way to create something; to the runs of others for whom only reads. Neither
 * until it is known which.
 */
export function CreateItem(props: {
  item: NavContentNavItem;
  icon: () => JSX.Element;
}) {
  const { item, icon } = props;
  const mayCreate = useMayCreate();
  if (mayCreate === undefined) {
    return null;
  }
  return mayCreate ? (
    <SidebarItem icon={icon} to={item.href} text={item.title} />
  ) : (
    <SidebarItem icon={RunsIcon} to={`${item.href}/tasks`} text="Runs" />
  );
}
