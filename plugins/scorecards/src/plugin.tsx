import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { RiMedalLine } from '@remixicon/react';
import { ScorecardsClient } from '@waymark/plugin-scorecards-common';
import { scorecardsApiRef } from './api';
import {
  entityRouteRef,
  rootRouteRef,
  scorecardRouteRef,
  templateRouteRef,
} from './routes';
import { isJudged, isOf } from './entity/isJudged';

const clientApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: scorecardsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ScorecardsClient(deps),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/scorecards',
    title: 'Scorecards',
    icon: <RiMedalLine />,
    routeRef: rootRouteRef,
  },
});

const listPage = SubPageBlueprint.make({
  name: 'list',
  params: {
    path: 'list',
    title: 'Scorecards',
    loader: () => import('./list/ListPage').then(m => <m.ListPage />),
  },
});

const dashboardPage = SubPageBlueprint.make({
  name: 'dashboard',
  params: {
    path: 'dashboard',
    title: 'Organization',
    loader: () =>
      import('./dashboard/DashboardPage').then(m => <m.DashboardPage />),
  },
});

const authorPage = SubPageBlueprint.make({
  name: 'author',
  params: {
    path: 'try',
    title: 'Try a scorecard',
    loader: () => import('./author/AuthorPage').then(m => <m.AuthorPage />),
  },
});

// Without a title: the navigation has one entry for all of them
const scorecardPage = PageBlueprint.make({
  name: 'scorecard',
  params: {
    path: '/scorecards/:namespace/:name',
    routeRef: scorecardRouteRef,
    loader: () =>
      import('./scorecard/ScorecardPage').then(m => <m.ScorecardPage />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/scorecards',
    title: 'Scorecards',
    routeRef: entityRouteRef,
    filter: isJudged,
    loader: () => import('./entity/EntityTab').then(m => <m.EntityTab />),
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'standing',
  params: {
    type: 'content',
    filter: isJudged,
    loader: () => import('./entity/EntityCard').then(m => <m.EntityCard />),
  },
});

const groupCard = EntityCardBlueprint.make({
  name: 'group',
  params: {
    type: 'content',
    filter: isOf('group'),
    loader: () => import('./group/GroupCard').then(m => <m.GroupCard />),
  },
});

const definitionCard = EntityCardBlueprint.make({
  name: 'definition',
  params: {
    type: 'content',
    filter: isOf('scorecard'),
    loader: () =>
      import('./list/DefinitionCard').then(m => <m.DefinitionCard />),
  },
});

const nextStepsWidget = HomePageWidgetBlueprint.make({
  name: 'next-steps',
  params: {
    title: 'My services: next steps',
    description: 'What stands between your services and their next level',
    components: () =>
      import('./home/NextSteps').then(m => ({ Content: m.NextSteps })),
  },
});

const teamWidget = HomePageWidgetBlueprint.make({
  name: 'team',
  params: {
    title: 'My team’s scorecards',
    description: 'On which levels the services of your groups stand',
    components: () =>
      import('./home/TeamScorecards').then(m => ({
        Content: m.TeamScorecards,
      })),
  },
});

/**
 * Scorecards: pages, entity tab, cards and home widgets.
 *
 * @public
 */
export const scorecardsPlugin = createFrontendPlugin({
  pluginId: 'scorecards',
  title: 'Scorecards',
  icon: <RiMedalLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    scorecard: scorecardRouteRef,
    entity: entityRouteRef,
  },
  externalRoutes: { template: templateRouteRef },
  extensions: [
    clientApi,
    page,
    listPage,
    dashboardPage,
    authorPage,
    scorecardPage,
    entityContent,
    entityCard,
    groupCard,
    definitionCard,
    nextStepsWidget,
    teamWidget,
  ],
});
