import type { RendererProps } from '@backstage/plugin-home-react';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

const WIDE = { width: { defaultColumns: 12 } };

/** Without a frame: the field is one by itself. */
const Bare = ({ Content }: RendererProps) => <Content />;

const search = HomePageWidgetBlueprint.make({
  name: 'search',
  params: {
    title: 'Search',
    description: 'A field to search the whole portal',
    layout: WIDE,
    componentProps: { Renderer: Bare },
    components: () => import('../parts').then(m => ({ Content: m.Search })),
  },
});

const guidedStart = HomePageWidgetBlueprint.make({
  name: 'guided-start',
  params: {
    title: 'First steps',
    description: 'What to try first, ticked off as you do it',
    layout: WIDE,
    components: () =>
      import('../parts').then(m => ({ Content: m.GuidedStart })),
  },
});

const owned = HomePageWidgetBlueprint.make({
  name: 'owned',
  params: {
    title: 'What my team owns',
    description: 'Components, APIs, resources and systems of your groups',
    layout: WIDE,
    components: () =>
      import('../parts').then(m => ({ Content: m.OwnedByMyGroups })),
  },
});

/** For those who may run golden paths. */
export const createWidget = HomePageWidgetBlueprint.make({
  name: 'create',
  params: {
    title: 'Create a service',
    description: 'The golden paths that you may run',
    layout: WIDE,
    components: () =>
      import('../parts').then(m => ({ Content: m.CreateService })),
  },
});

// The next two are in place of those of the same name that come with the plugin

const recentlyVisited = HomePageWidgetBlueprint.make({
  name: 'recently-visited',
  params: {
    title: 'Recently visited',
    description: 'The services, docs and forms that you opened last',
    components: () =>
      import('../parts').then(m => ({ Content: m.RecentlyVisited })),
  },
});

const starred = HomePageWidgetBlueprint.make({
  name: 'starred-entities',
  params: {
    title: 'Starred',
    description: 'What you have starred in the catalog',
    components: () => import('../parts').then(m => ({ Content: m.Starred })),
  },
});

/** What the portal itself puts on everybody's home page. */
export const widgets = [search, guidedStart, owned, recentlyVisited, starred];
