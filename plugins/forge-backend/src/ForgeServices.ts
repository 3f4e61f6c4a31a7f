import { LoggerService } from '@backstage/backend-plugin-api';
import { ForgeOptions } from './ForgeOptions';
import { ForgeAuth } from './http/ForgeAuth';
import { ForgeUrls } from './http/ForgeUrls';
import { Organizations } from './organizations/Organizations';
import { RepositoryStore } from './repositories/RepositoryStore';
import { RepositoryEvents } from './RepositoryEvents';
import { RepositorySecrets } from './secrets/RepositorySecrets';

/**
 * What the routers delegate to.
 *
 * @internal
 */
export interface ForgeServices {
  auth: ForgeAuth;
  events: RepositoryEvents;
  logger: LoggerService;
  options: ForgeOptions;
  organizations: Organizations;
  /** What the pipelines of repositories need and nobody else may read. */
  secrets: RepositorySecrets;
  store: RepositoryStore;
  /** Absolute addresses, as seen from outside. */
  urls: ForgeUrls;
  /** The portal that the pages lead back to. */
  portal: { title: string; url: string };
}
