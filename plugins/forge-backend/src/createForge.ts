import {
  AuthService,
  DiscoveryService,
  LoggerService,
  RootConfigService,
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
  events: CatalogScmEventsService;
  logger: LoggerService;
}): Promise<express.Router> {
  const { auth, catalog, config, discovery, events, logger } = deps;
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
  return createRouter({
    auth: new ForgeAuth(options),
    events: new RepositoryEvents({ events, logger, urls }),
    logger,
    options,
    organizations: CatalogOrganizations.create({
      auth,
      catalog,
      configured: options.organizations,
      logger,
      store,
    }),
    secrets: new DiskRepositorySecrets({
      directory: options.directory,
      password: options.password,
      store,
    }),
    store,
    urls,
    portal: {
      title: config.getOptionalString('app.title') ?? 'Portal',
      url: config.getOptionalString('app.baseUrl') ?? '/',
    },
  });
}
