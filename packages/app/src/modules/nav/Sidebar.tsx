import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import {
  NavContentBlueprint,
  type NavContentNavItem,
} from '@backstage/plugin-app-react';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import {
  RiAddCircleLine,
  RiBookOpenLine,
  RiGitRepositoryLine,
  RiHome4Line,
  RiKey2Line,
  RiMedalLine,
  RiRocketLine,
  RiMenuLine,
  RiNotification3Line,
  RiPlugLine,
  RiSearchLine,
  RiSettings4Line,
  RiStackLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { SearchTrigger } from '@waymark/plugin-search-module-quick-search';
import { z } from 'zod/v4';
import { AdministrationHeading } from './AdministrationHeading';
import { CreateItem } from './CreateItem';
import { MenuName } from './MenuName';
import { NotificationsItem } from './NotificationsItem';
import { SidebarLogo } from './SidebarLogo';
import { useMaySeeCredentials } from './useMay';

const asIcon = (Icon: RemixiconComponentType) => () => <Icon size={22} />;

const RepositoriesIcon = asIcon(RiGitRepositoryLine);

/** Icons of the pages we know, so that they look like one family. */
const ICONS: Record<string, () => JSX.Element> = {
  'page:home': asIcon(RiHome4Line),
  'page:catalog': asIcon(RiStackLine),
  'page:scaffolder': asIcon(RiAddCircleLine),
  'page:api-docs': asIcon(RiPlugLine),
  'page:techdocs': asIcon(RiBookOpenLine),
  'page:scorecards': asIcon(RiMedalLine),
  'page:golden-paths': asIcon(RiRocketLine),
  'page:ci-credentials': asIcon(RiKey2Line),
  'page:user-settings': asIcon(RiSettings4Line),
};

function PageItem(item: NavContentNavItem) {
  const Icon = ICONS[item.node.spec.id] ?? (() => <>{item.icon}</>);
  return <SidebarItem icon={Icon} to={item.href} text={item.title} />;
}

/**
 * The navigation: what is used most comes first; pages of plugins added later
 * follow by title.
 */
export const SidebarContent = NavContentBlueprint.makeWithOverrides({
  configSchema: {
    /** Address of the Git host's own pages; no entry when unset. */
    repositoriesUrl: z.url().optional(),
  },
  factory(originalFactory, { config }) {
    const { repositoriesUrl } = config;
    return originalFactory({
      component: function PortalSidebar({ navItems }) {
        const nav = navItems.withComponent(PageItem);
        const settings = nav.take('page:user-settings');
        const credentials = nav.take('page:ci-credentials');
        const create = navItems.take('page:scaffolder');
        const hasAdministration =
          useMaySeeCredentials() && credentials !== null;
        // These two have an entry of their own
        nav.take('page:search');
        nav.take('page:notifications');
        // The graph starts at an entity, whose page leads there
        nav.take('page:catalog-graph');

        return (
          <Sidebar>
            <SidebarLogo />
            <SidebarGroup label="Search" icon={<RiSearchLine />} to="/search">
              <SearchTrigger />
            </SidebarGroup>
            <SidebarDivider />
            <SidebarGroup label="Home" icon={<RiHome4Line />} to="/">
              {nav.take('page:home')}
            </SidebarGroup>
            <SidebarGroup label="Menu" icon={<RiMenuLine />}>
              <MenuName name="Menu" />
              {nav.take('page:catalog')}
              {create && (
                <CreateItem item={create} icon={ICONS['page:scaffolder']} />
              )}
              {nav.take('page:scorecards')}
              {nav.take('page:golden-paths')}
              {nav.take('page:api-docs')}
              {nav.take('page:techdocs')}
              {repositoriesUrl && (
                <SidebarItem
                  icon={RepositoriesIcon}
                  to={repositoriesUrl}
                  text="Repositories"
                />
              )}
              <SidebarScrollWrapper>
                {nav.rest({ sortBy: 'title' })}
              </SidebarScrollWrapper>
              {hasAdministration && (
                <>
                  <SidebarDivider />
                  <AdministrationHeading />
                  {credentials}
                </>
              )}
            </SidebarGroup>
            <SidebarSpace />
            <SidebarDivider />
            <SidebarGroup
              label="Notifications"
              icon={<RiNotification3Line />}
              to="/notifications"
            >
              <NotificationsItem />
            </SidebarGroup>
            <SidebarGroup
              label="Settings"
              icon={<UserSettingsSignInAvatar />}
              to="/settings"
            >
              {settings}
            </SidebarGroup>
          </Sidebar>
        );
      },
    });
  },
});
