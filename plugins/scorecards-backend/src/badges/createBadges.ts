import {
  AuthService,
  HttpAuthService,
  HttpRouterService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { ReadableScorecards } from '../permissions/ReadableScorecards';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { ScorecardRegistry } from '../scorecards/ScorecardRegistry';
import { BadgeReader } from './BadgeReader';
import { createBadgesRouter } from './createBadgesRouter';

/**
 * Serves badges, with a token or the cookie of a browser that has signed in; when
 * the configuration says so also to anybody, if they are marked for that.
 *
 * @internal
 */
export function createBadges(options: {
  access: ScorecardAccess;
  auth: AuthService;
  config: RootConfigService;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  knex: Knex;
  readable: ReadableScorecards;
  registry: ScorecardRegistry;
}): void {
  const { config, httpRouter } = options;
  const isPublic =
    config.getOptionalBoolean('scorecards.badges.public') ?? false;
  httpRouter.use(
    createBadgesRouter({
      ...options,
      isPublic,
      reader: new BadgeReader(options),
    }),
  );
  httpRouter.addAuthPolicy({
    path: '/badges',
    allow: isPublic ? 'unauthenticated' : 'user-cookie',
  });
}
