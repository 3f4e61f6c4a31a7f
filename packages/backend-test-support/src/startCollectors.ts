import {
  BackendFeature,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  CollectedFacts,
  CollectOptions,
  FactCollector,
  factCollectorsExtensionPoint,
} from '@waymark/plugin-scorecards-node';

/**
 * Starts modules that collect facts for scorecards, without the engine.
 *
 * @internal
 */
export async function startCollectors(options: {
  features: (BackendFeature | Promise<{ default: BackendFeature }>)[];
  config?: JsonObject;
}): Promise<{
  collectors: FactCollector[];
  /** Of the backend, for other plugins in it. */
  url: string;
  stop(): Promise<void>;
}> {
  const collectors: FactCollector[] = [];
  const engine = createBackendPlugin({
    pluginId: 'scorecards',
    register(env) {
      env.registerExtensionPoint(factCollectorsExtensionPoint, {
        addCollectors: (...more) => collectors.push(...more),
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({ data: options.config ?? {} }),
      engine,
      ...options.features,
    ],
  });
  return {
    collectors,
    url: `http://localhost:${backend.server.port()}`,
    stop: () => backend.stop(),
  };
}

/**
 * Everything that one call of a collector yields.
 *
 * @internal
 */
export async function collectAll(
  collector: FactCollector,
  entities: Entity[],
  options: Partial<CollectOptions> = {},
): Promise<CollectedFacts[]> {
  const found: CollectedFacts[] = [];
  for await (const item of collector.collect({
    entities,
    states: new Map(),
    signal: AbortSignal.timeout(30_000),
    logger: mockServices.logger.mock(),
    ...options,
  })) {
    found.push(item);
  }
  return found;
}
