import {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { EntityPermission } from '@waymark/backend-support';
import {
  CiCredentialsService,
  CiPipeline,
} from '@waymark/plugin-ci-credentials-node';
import { ScorecardAccess } from '../permissions/ScorecardAccess';
import { FactReporter } from './FactReporter';

/**
 * Who may report facts, and as whom.
 *
 * @internal
 */
export class FactAuthorizer {
  readonly #access: ScorecardAccess;
  readonly #auth: AuthService;
  readonly #ciCredentials: CiCredentialsService;
  readonly #permission: EntityPermission;

  constructor(options: {
    access: ScorecardAccess;
    auth: AuthService;
    ciCredentials: CiCredentialsService;
    permission: EntityPermission;
  }) {
    this.#access = options.access;
    this.#auth = options.auth;
    this.#ciCredentials = options.ciCredentials;
    this.#permission = options.permission;
  }

  /** @throws NotAllowedError when the caller may not report at all */
  async reporter(credentials: BackstageCredentials): Promise<FactReporter> {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      return this.#person(credentials);
    }
    const pipeline = await this.#ciCredentials.getPipeline(credentials);
    if (!pipeline) {
      throw new NotAllowedError(
        'Facts are taken from people, and from pipelines with a CI credential',
      );
    }
    // Whether pipelines may report at all is said by backend.auth.externalAccess
    const { result } = await this.#permission.policy(credentials);
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        'This portal takes no facts from pipelines: backend.auth.externalAccess does not let them have scorecards.fact.push',
      );
    }
    return this.#pipeline(credentials, pipeline);
  }

  async #person(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<FactReporter> {
    const { userEntityRef } = credentials.principal;
    return {
      filter: await this.#access.filter(credentials),
      refusalFor: () => undefined,
      denied: entityRefs => this.#permission.denied(credentials, entityRefs),
      // What a person says is never taken for the word of a pipeline
      sourceOf: async source =>
        source === undefined || source === userEntityRef
          ? userEntityRef
          : `${source} (by ${userEntityRef})`,
    };
  }

  #pipeline(
    credentials: BackstageCredentials,
    pipeline: CiPipeline,
  ): FactReporter {
    const bound = new Set(pipeline.entityRefs);
    return {
      filter: undefined,
      refusalFor: entityRef =>
        bound.has(entityRef)
          ? undefined
          : new NotAllowedError(
              `entityRef: the pipeline ${pipeline.source} may not speak for ${entityRef}`,
            ),
      denied: async () => new Set(),
      sourceOf: async source => {
        if (source !== undefined && source !== pipeline.source) {
          await this.#ciCredentials.authorize(credentials, {
            entityRefs: [],
            source,
          });
        }
        return source ?? pipeline.source;
      },
    };
  }
}
