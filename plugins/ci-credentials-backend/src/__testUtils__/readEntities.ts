import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  catalogProcessingExtensionPoint,
  EntityProvider,
  EntityProviderConnection,
  locationSpecToLocationEntity,
} from '@backstage/plugin-catalog-node';

/** As the catalog has what it read from repositories. */
class ReadEntities implements EntityProvider {
  constructor(private readonly githubUrl: string) {}

  getProviderName() {
    return 'read-entities';
  }

  async connect(connection: EntityProviderConnection) {
    const { githubUrl } = this;
    const found = `${githubUrl}/kestrelvale/victim/blob/main/catalog-info.yaml`;
    await connection.applyMutation({
      type: 'full',
      entities: [
        locationSpecToLocationEntity({
          location: { type: 'url', target: found },
        }),
        component({ name: 'victim', readFrom: found }),
        component({
          name: 'claims-by-slug',
          readFrom: `${githubUrl}/stranger/victim/blob/main/catalog-info.yaml`,
          annotations: { 'github.com/project-slug': 'kestrelvale/victim' },
        }),
        component({
          name: 'claims-by-source',
          readFrom: `${githubUrl}/kestrelvale/victim-evil/blob/main/a.yaml`,
          annotations: {
            [ANNOTATION_SOURCE_LOCATION]: `url:${githubUrl}/kestrelvale/victim/`,
          },
        }),
        component({
          name: 'named-away',
          readFrom: `${githubUrl}/stranger/victim/blob/main/catalog-info.yaml`,
          annotations: { 'github.com/project-slug': 'kestrelvale/away' },
        }),
      ].map(entity => ({ entity, locationKey: 'read-entities' })),
    });
  }
}

function component(options: {
  name: string;
  readFrom: string;
  annotations?: Record<string, string>;
}): Entity {
  const { name, readFrom, annotations } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        [ANNOTATION_LOCATION]: `url:${readFrom}`,
        [ANNOTATION_ORIGIN_LOCATION]: `url:${readFrom}`,
        ...annotations,
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'user:default/maren',
    },
  };
}

/** @param githubUrl - where the entities were read */
export function readEntities(githubUrl: string) {
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'read-entities',
    register(env) {
      env.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        async init({ catalog }) {
          catalog.addEntityProvider(new ReadEntities(githubUrl));
        },
      });
    },
  });
}
