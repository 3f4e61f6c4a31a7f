import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The list of all credentials. @internal */
export const rootRouteRef = createRouteRef();
