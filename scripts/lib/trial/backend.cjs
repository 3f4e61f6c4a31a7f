const { monitorEventLoopDelay } = require('node:perf_hooks');
const { createBackend } = require('@backstage/backend-defaults');
const { DatabaseManager } = require('@backstage/backend-defaults/database');
const { WinstonLogger } = require('@backstage/backend-defaults/rootLogger');
const {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
} = require('@backstage/backend-plugin-api');
const {
  catalogProcessingExtensionPoint,
} = require('@backstage/plugin-catalog-node');
// Not from the package itself, all of which would count for the memory
const {
  headerSignIn,
} = require('@waymark/backend-test-support/src/headerSignIn.ts');

/**
 * A backend with the plugin that is tried and those it stands on, each the real thing.
 * The process that started it says by messages what is in the catalog, and asks for what
 * only this process knows; see `answers`.
 */

/** The plugin that is tried: `scorecards` or `golden-paths`. */
const tried = process.env.WAYMARK_TRIAL_PLUGIN;

/** Queries of the plugin, as long as somebody listens. */
let heard;
/** How long the event loop was kept from going round. */
const delay = monitorEventLoopDelay({ resolution: 10 });
let cpu;

const provider = {
  getProviderName: () => 'given',
  async connect(connection) {
    this.connection = connection;
  },
};

const deferred = entities =>
  entities.map(entity => ({ entity, locationKey: 'given' }));

const answers = {
  set: entities =>
    provider.connection.applyMutation({
      type: 'full',
      entities: deferred(entities),
    }),
  change: ({ added = [], removed = [] }) =>
    provider.connection.applyMutation({
      type: 'delta',
      added: deferred(added),
      removed: deferred(removed),
    }),
  watch() {
    global.gc();
    delay.reset();
    delay.enable();
    cpu = process.cpuUsage();
  },
  /** Since `watch`, in milliseconds: the longest stall, and work of all threads. */
  watched() {
    delay.disable();
    const { user, system } = process.cpuUsage(cpu);
    return { stall: delay.max / 1e6, cpu: (user + system) / 1000 };
  },
  /** With which a plugin that sees services run reports what it saw. */
  observer: () => observer(),
  listen() {
    heard = [];
  },
  heard() {
    const list = heard;
    heard = undefined;
    return list;
  },
};

process.on('message', async ({ id, ask, value }) => {
  try {
    process.send({ id, value: await answers[ask](value) });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});

const database = createServiceFactory({
  service: coreServices.database,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    pluginMetadata: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
  },
  createRootContext: ({ config, rootLifecycle, rootLogger }) =>
    DatabaseManager.fromConfig(config, { rootLifecycle, rootLogger }),
  factory({ pluginMetadata, lifecycle, logger }, manager) {
    const pluginId = pluginMetadata.getId();
    const service = manager.forPlugin(pluginId, { lifecycle, logger });
    if (pluginId !== tried) {
      return service;
    }
    let listening;
    return {
      ...service,
      getClient() {
        listening ??= service
          .getClient()
          .then(knex =>
            knex.on('query', ({ sql, bindings }) =>
              heard?.push({ sql, bindings }),
            ),
          );
        return listening;
      },
    };
  },
});

const catalogOfTheStarter = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'given',
  register(env) {
    env.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addEntityProvider(provider);
      },
    });
  },
});

let observer = () => {
  throw new Error('There is no observer');
};
const observerOfTheStarter = createBackendPlugin({
  pluginId: 'observer',
  register(env) {
    env.registerInit({
      deps: { auth: coreServices.auth },
      async init({ auth }) {
        observer = async () => {
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: await auth.getOwnServiceCredentials(),
            targetPluginId: tried,
          });
          return token;
        };
      },
    });
  },
});

/**
 * Without looking for secrets in the configuration, of which there are none: for
 * that, the compiler of TypeScript would be loaded, and count for the memory.
 */
const rootLogger = createServiceFactory({
  service: coreServices.rootLogger,
  deps: {},
  factory: () => WinstonLogger.create({ level: 'info' }),
});

const backend = createBackend();
backend.add(rootLogger);
backend.add(database);
backend.add(require('@backstage/plugin-auth-backend').default);
backend.add(headerSignIn());
backend.add(require('@backstage/plugin-permission-backend').default);
backend.add(
  require('@waymark/plugin-permission-backend-module-policy').default,
);
backend.add(require('@backstage/plugin-catalog-backend').default);
backend.add(catalogOfTheStarter);
backend.add(require('@backstage/plugin-notifications-backend').default);
backend.add(require('@backstage/plugin-signals-backend').default);
if (tried === 'scorecards') {
  backend.add(
    require('@waymark/plugin-catalog-backend-module-scorecards').default,
  );
  backend.add(require('@waymark/plugin-scorecards-backend').default);
} else {
  backend.add(observerOfTheStarter);
  backend.add(require('@waymark/plugin-golden-paths-backend').default);
}

backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
