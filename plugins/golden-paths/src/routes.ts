import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

/** Metrics, new services, golden paths, deviations and events, each below it. */
export const rootRouteRef = createRouteRef();

/** The tab of an entity. */
export const entityRouteRef = createRouteRef();

/** A run of the scaffolder. */
export const taskRouteRef = createExternalRouteRef({
  params: ['taskId'],
  defaultTarget: 'scaffolder.ongoingTask',
});
