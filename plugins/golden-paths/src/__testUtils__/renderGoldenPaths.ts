import { renderPart, type Part } from '@waymark/frontend-test-support';
import { GoldenPathsClient } from '@waymark/plugin-golden-paths-common';
import { goldenPathsApiRef } from '../api';
import { entityRouteRef, rootRouteRef } from '../routes';

/** A part of the plugin over a backend that gives the given answers. */
export const renderGoldenPaths = (part: Part) =>
  renderPart(part, {
    id: 'golden-paths',
    apiRef: goldenPathsApiRef,
    Client: GoldenPathsClient,
    routes: { '/delivery': rootRouteRef },
    tab: { path: 'delivery', routeRef: entityRouteRef },
  });
