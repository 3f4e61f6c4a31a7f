import {
  AppRootElementBlueprint,
  coreExtensionData,
} from '@backstage/frontend-plugin-api';
import { VisitListener } from '@backstage/plugin-home';
import homePlugin from '@backstage/plugin-home/alpha';
import { HeadStart } from './HeadStart';

/** Remembers the reader's visits; the stock one holds up the page until it is loaded. */
const visitListener = homePlugin
  .getExtension('app-root-element:home/visit-listener')
  .override({
    factory: () => [coreExtensionData.reactElement(<VisitListener />)],
  });

const headStart = AppRootElementBlueprint.make({
  name: 'head-start',
  params: { element: <HeadStart /> },
});

/** What is there on every page, and before anybody has signed in. */
export const rootElements = [headStart, visitListener];
