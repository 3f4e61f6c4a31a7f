import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

/** All scorecards, the organisation, and trying one out. */
export const rootRouteRef = createRouteRef();

/** One scorecard; its tabs are below it. */
export const scorecardRouteRef = createRouteRef({
  params: ['namespace', 'name'],
});

/** The tab of an entity. */
export const entityRouteRef = createRouteRef();

/** The form of a template, which mends what a rule found. */
export const templateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});
