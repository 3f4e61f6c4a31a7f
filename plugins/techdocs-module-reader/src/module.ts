import {
  ApiBlueprint,
  configApiRef,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  techdocsApiRef,
  TechDocsAddonLocations,
  techdocsStorageApiRef,
} from '@backstage/plugin-techdocs-react';
import { AddonBlueprint } from '@backstage/plugin-techdocs-react/alpha';
import { DiagramsAddon } from './diagrams/DiagramsAddon';
import { FreshMetadataClient } from './fresh/FreshMetadataClient';
import { FreshStorageClient } from './fresh/FreshStorageClient';

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
      factory: deps => new FreshStorageClient(deps),
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
      factory: deps => new FreshMetadataClient(deps),
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
  extensions: [storageApi, metadataApi, diagramsAddon],
});
