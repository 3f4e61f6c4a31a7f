import {
  ApiBlueprint,
  configApiRef,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  TechDocsClient,
  TechDocsStorageClient,
} from '@backstage/plugin-techdocs';
import {
  techdocsApiRef,
  TechDocsAddonLocations,
  techdocsStorageApiRef,
} from '@backstage/plugin-techdocs-react';
import { AddonBlueprint } from '@backstage/plugin-techdocs-react/alpha';
import { readerPage } from './missing/readerPage';
import { DiagramsAddon } from './diagrams/DiagramsAddon';
import { FreshMetadata } from './fresh/FreshMetadata';
import { FreshStorage } from './fresh/FreshStorage';

const storageApi = ApiBlueprint.make({
  name: 'storage',
  params: defineParams =>
    defineParams({
      api: techdocsStorageApiRef,
      deps: {
        configApi: configApiRef,
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
      },
      factory: deps =>
        new FreshStorage({ storage: new TechDocsStorageClient(deps) }),
    }),
});

const metadataApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: techdocsApiRef,
      deps: {
        configApi: configApiRef,
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
        storage: techdocsStorageApiRef,
      },
      factory: ({ storage, ...deps }) =>
        new FreshMetadata({ metadata: new TechDocsClient(deps), storage }),
    }),
});

const diagramsAddon = AddonBlueprint.make({
  name: 'diagrams',
  params: {
    name: 'Diagrams',
    location: TechDocsAddonLocations.Content,
    component: DiagramsAddon,
  },
});

/**
 * Draws Mermaid diagrams, and shows a page only when it is as new as its
 * repository.
 *
 * @public
 */
export const techdocsModuleReader = createFrontendModule({
  pluginId: 'techdocs',
  extensions: [storageApi, metadataApi, diagramsAddon, readerPage],
});
