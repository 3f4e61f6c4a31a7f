import { SidebarItem } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import { RiSearchLine } from '@remixicon/react';
import { quickSearchApiRef } from '../api/QuickSearchApi';
import styles from './SearchTrigger.module.css';
import { shortcutKeys, shortcutLabel } from './shortcut';

const SearchIcon = () => <RiSearchLine size={22} />;

/**
 * The entry of a sidebar that opens search, with the shortcut that does it too.
 *
 * @public
 */
export function SearchTrigger() {
  const { open } = useApi(quickSearchApiRef);
  return (
    <SidebarItem
      icon={SearchIcon}
      text="Search"
      onClick={open}
      aria-keyshortcuts={shortcutKeys()}
    >
      <kbd className={styles.keys} aria-hidden="true">
        {shortcutLabel()}
      </kbd>
    </SidebarItem>
  );
}
