import {
  AuthService,
  DiscoveryService,
  LoggerService,
  RootConfigService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import express from 'express';
import { createRouter } from './createRouter';
import { readForgeOptions } from './ForgeOptions';
import { Git } from './git/Git';
import { ForgeAuth } from './http/ForgeAuth';
import { ForgeUrls } from './http/ForgeUrls';
import { CatalogOrganizations } from './organizations/CatalogOrganizations';
import { DiskRepositoryStore } from './repositories/DiskRepositoryStore';
import { RepositoryEvents } from './RepositoryEvents';
import { DiskRepositorySecrets } from './secrets/DiskRepositorySecrets';
import { SeedRecord } from './seeds/SeedRecord';
import { Seeds } from './seeds/Seeds';

/**
 * Puts the parts of the forge together.
 *
 * @throws Error when the configuration is wrong or there is no Git
 * @internal
 */
export async function createForge(deps: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  discovery: DiscoveryService;
  scmEvents: CatalogScmEventsService;
  logger: LoggerService;
  rootLifecycle: RootLifecycleService;
}): Promise<express.Router> {
  const { auth, catalog, config, discovery, logger, rootLifecycle, scmEvents } =
    deps;
  const options = readForgeOptions(config);
  const git = Git.create({ limits: options.limits });
  await git.requireVersion();
  const store = await DiskRepositoryStore.create({
    directory: options.directory,
    git,
  });
  const urls = new ForgeUrls({
    root: await discovery.getExternalBaseUrl('forge'),
  });
  const secrets = new DiskRepositorySecrets({
    directory: options.directory,
    password: options.password,
    store,
  });
  const events = new RepositoryEvents({ events: scmEvents, logger, urls });
  const seeds = new Seeds({
    folders: options.seeds,
    logger,
    record: new SeedRecord(options),
    secrets,
    store,
  });
  const left = await seeds.reconcile();
  rootLifecycle.addStartupHook(() => {
    // Only now somebody listens. At every start, since nobody may have before
    for (const name of left) {
      events.publish('deleted', name);
    }
  });
  return createRouter({
    auth: new ForgeAuth(options),
    events,
    logger,
    options,
    organizations: CatalogOrganizations.create({
      auth,
      catalog,
      configured: options.organizations,
      logger,
      store,
    }),
    secrets,
    store,
    urls,
    portal: {
      title: config.getOptionalString('app.title') ?? 'Portal',
      url: config.getOptionalString('app.baseUrl') ?? '/',
    },
  });
}
