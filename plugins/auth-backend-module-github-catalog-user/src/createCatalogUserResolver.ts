import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { GithubProfile } from '@backstage/plugin-auth-backend-module-github-provider';
import type {
  OAuthAuthenticatorResult,
  SignInResolver,
} from '@backstage/plugin-auth-node';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** Set by the ingestion of GitHub's users; by hand for users in files. */
const USER_ID = 'github.com/user-id';

/**
 * Finds the user of the catalog by the id of the GitHub account (`node_id`).
 *
 * Not by the login: somebody who renames an account sets the old login free, and
 * whoever takes it would be let in as the first one. An id is never given twice.
 *
 * @internal
 */
export function createCatalogUserResolver(options: {
  auth: AuthService;
  catalog: CatalogService;
  /** Whom to ask, in words for the person who is refused. */
  help?: string;
  logger: LoggerService;
}): SignInResolver<OAuthAuthenticatorResult<GithubProfile>> {
  const {
    auth,
    catalog,
    help = 'Ask those who run this portal to add you.',
    logger,
  } = options;

  return async ({ result }, context) => {
    const { nodeId, username } = result.fullProfile;
    if (!nodeId) {
      throw new NotAllowedError(
        `GitHub did not say which account this is. ${help}`,
      );
    }
    const refuse = (reason: string) => {
      logger.info(
        `Refused sign-in of GitHub account '${username}' with ${USER_ID} '${nodeId}', which ${reason}`,
      );
      return new NotAllowedError(
        `Your GitHub account ${username} ${reason} of this portal. ${help}`,
      );
    };

    const { items } = await catalog.getEntities(
      {
        filter: { kind: 'User', [`metadata.annotations.${USER_ID}`]: nodeId },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    // The catalog compares without regard to case, and these ids differ by it
    const [user, ...others] = items.filter(
      ({ metadata }) => metadata.annotations?.[USER_ID] === nodeId,
    );
    if (!user) {
      throw refuse('is not in the catalog');
    }
    if (others.length > 0) {
      throw refuse('belongs to more than one person in the catalog');
    }
    return context.signInWithCatalogUser({
      entityRef: stringifyEntityRef(user),
    });
  };
}
