import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The tab of an entity. */
export const entityRouteRef = createRouteRef();
