import { renderPart, type Part } from '@waymark/frontend-test-support';
import { ScorecardsClient } from '@waymark/plugin-scorecards-common';
import { scorecardsApiRef } from '../api';
import {
  entityRouteRef,
  rootRouteRef,
  scorecardRouteRef,
  templateRouteRef,
} from '../routes';

/** A part of the plugin over a backend that gives the given answers. */
export const renderScorecards = (part: Part) =>
  renderPart(part, {
    id: 'scorecards',
    apiRef: scorecardsApiRef,
    Client: ScorecardsClient,
    routes: {
      '/scorecards': rootRouteRef,
      '/scorecards/:namespace/:name': scorecardRouteRef,
      '/create/templates/:namespace/:templateName': templateRouteRef,
    },
    tab: { path: 'scorecards', routeRef: entityRouteRef },
  });
