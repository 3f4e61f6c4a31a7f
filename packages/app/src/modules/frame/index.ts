import {
  createFrontendModule,
  ErrorDisplay,
  NotFoundErrorPage,
  PageLayout,
} from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { layout } from './layout';
import { PageFailure } from './PageFailure';
import { PageLayout as PortalPageLayout } from './PageLayout';

/** What stands around every page, and in place of one that cannot be shown. */
export const frameModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    layout,
    SwappableComponentBlueprint.make({
      name: 'core-page-layout',
      params: define =>
        define({
          component: PageLayout,
          loader: () => PortalPageLayout,
        }),
    }),
    SwappableComponentBlueprint.make({
      name: 'core-not-found-error-page',
      params: define =>
        define({
          component: NotFoundErrorPage,
          loader: () => import('./NotFoundPage').then(m => m.NotFoundPage),
        }),
    }),
    SwappableComponentBlueprint.make({
      name: 'core-error-display',
      params: define =>
        define({
          component: ErrorDisplay,
          // At once: what could not be fetched cannot say so
          loader: () => PageFailure,
        }),
    }),
  ],
});
