import type { CatalogApi } from '@backstage/catalog-client';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
  type ExtensionDefinition,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { JsonObject } from '@backstage/types';
import catalogModuleEntityPage from '..';

const docsRoute = createRouteRef({ params: ['namespace', 'kind', 'name'] });

/** Where TechDocs stands in an app that has it. */
const techdocs = createFrontendPlugin({
  pluginId: 'techdocs',
  routes: { docRoot: docsRoute },
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/docs/:namespace/:kind/:name',
        routeRef: docsRoute,
        loader: async () => <></>,
      },
    }),
  ],
});

/** Stock cards, in whose place those of the module are. */
const REPLACED = [
  'about',
  'links',
  'labels',
  'depends-on-components',
  'depends-on-resources',
  'has-components',
  'has-resources',
  'has-subcomponents',
  'has-subdomains',
  'has-systems',
].map(name => ({ [`entity-card:catalog/${name}`]: false }));

/** An entity in the namespace `default`, with what matters to a test. */
export function entityOf(
  kind: string,
  name: string,
  rest: {
    metadata?: Partial<Entity['metadata']>;
    spec?: Entity['spec'];
    relations?: Array<[type: string, ...targetRefs: string[]]>;
    status?: unknown;
  } = {},
): Entity {
  const { metadata, spec, relations = [], ...others } = rest;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', ...metadata },
    spec: { ...spec },
    relations: relations.flatMap(([type, ...targetRefs]) =>
      targetRefs.map(targetRef => ({ type, targetRef })),
    ),
    ...others,
  };
}

/**
 * The page of the first entity in an app with the catalog and this module. The
 * others are all that its reader may see.
 */
export function renderPage(
  entity: Entity,
  options: {
    others?: Entity[];
    catalog?: Partial<CatalogApi>;
    ancestors?: Entity[];
    extensions?: ExtensionDefinition[];
    config?: JsonObject[];
  } = {},
) {
  const { others = [], ancestors = [entity] } = options;
  const entities = [entity, ...others];
  const requests: string[] = [];
  const catalog = catalogApiMock({ entities });
  const counted = new Proxy(catalog, {
    get(target, name: keyof CatalogApi) {
      if (name === 'getEntityAncestors') {
        return async () => {
          requests.push(name);
          return {
            rootEntityRef: stringifyEntityRef(entity),
            items: ancestors.map(item => ({
              entity: item,
              parentEntityRefs: [],
            })),
          };
        };
      }
      const method = options.catalog?.[name] ?? target[name];
      return typeof method === 'function'
        ? (...args: unknown[]) => {
            requests.push(name);
            return Reflect.apply(method, target, args);
          }
        : method;
    },
  });
  renderTestApp({
    features: [catalogPlugin, catalogModuleEntityPage, techdocs],
    extensions: options.extensions,
    apis: [[catalogApiRef, counted], mockApis.permission()],
    config: {
      app: { extensions: [...REPLACED, ...(options.config ?? [])] },
    },
    initialRouteEntries: [
      `/catalog/default/${entity.kind.toLowerCase()}/${entity.metadata.name}`,
    ],
  });
  return { requests };
}
