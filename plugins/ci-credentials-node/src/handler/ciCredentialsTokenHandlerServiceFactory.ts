import {
  createExternalTokenHandler,
  externalTokenHandlersServiceRef,
} from '@backstage/backend-defaults/auth';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { readGithubHosts } from '../config/GithubHost';
import { askBackend } from '../service/askBackend';
import { recentPipelines } from '../service/RecentPipelines';
import { pipelineSchema, verifiedSchema } from '../service/schemas';
import { verifiedTokens } from '../service/VerifiedTokens';
import { checkAccessRestrictions } from './checkAccessRestrictions';
import { looksLikeOurs } from './looksLikeOurs';

/** The `type` of the entry in `backend.auth.externalAccess`. */
const TYPE = 'ci-credentials';

/**
 * Lets the plugins of a backend accept tokens of pipelines, with
 * `type: ci-credentials` in `backend.auth.externalAccess`. The CI credentials
 * backend is asked about a token, and asked again every three seconds: what is
 * revoked is refused at once by the process that revoked it, and by all others within
 * five seconds.
 *
 * @public
 */
export const ciCredentialsTokenHandlerServiceFactory = createServiceFactory({
  service: externalTokenHandlersServiceRef,
  deps: {
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
    plugin: coreServices.pluginMetadata,
  },
  factory({ config, discovery, plugin }) {
    checkAccessRestrictions(config, TYPE);
    const issuers = new Set(readGithubHosts(config).map(host => host.issuer));

    return createExternalTokenHandler<void>({
      type: TYPE,
      initialize() {},
      async verifyToken(token) {
        // Tokens of others are none of the backend's business
        if (!looksLikeOurs(token, issuers)) {
          return undefined;
        }
        if (plugin.getId() === 'ci-credentials') {
          throw new NotAllowedError(
            'A pipeline cannot look after the credentials of pipelines',
          );
        }
        const pipeline = await verifiedTokens.get(token, () =>
          askBackend({
            discovery,
            method: 'POST',
            path: '/verify',
            body: { token },
            schema: verifiedSchema,
          }),
        );
        recentPipelines.put(pipelineSchema.parse(pipeline));
        return { subject: pipeline.subject };
      },
    });
  },
});
