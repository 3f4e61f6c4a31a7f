import {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { EntityPermission } from '@waymark/backend-support';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import { goldenPathsEventPushPermission } from '@waymark/plugin-golden-paths-common';
import { EventReporter } from './EventReporter';
import { isOwnPlugin } from './isOwnPlugin';
import { PersonReporter } from './PersonReporter';
import { PipelineReporter } from './PipelineReporter';
import { PluginReporter } from './PluginReporter';

/**
 * Who may report what happened, and as whom.
 *
 * @internal
 */
export class EventAuthorizer {
  readonly #auth: AuthService;
  readonly #ciCredentials: CiCredentialsService;
  readonly #observers: string[];
  readonly #permission: EntityPermission;

  constructor(options: {
    auth: AuthService;
    ciCredentials: CiCredentialsService;
    /** Sources whose word is an observation. */
    observers: string[];
    permissions: PermissionsService;
  }) {
    this.#auth = options.auth;
    this.#ciCredentials = options.ciCredentials;
    this.#observers = options.observers;
    this.#permission = new EntityPermission({
      permission: goldenPathsEventPushPermission,
      permissions: options.permissions,
    });
  }

  /** @throws NotAllowedError when the caller may not report at all */
  async reporter(credentials: BackstageCredentials): Promise<EventReporter> {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      return new PersonReporter({
        credentials,
        observers: this.#observers,
        permission: this.#permission,
      });
    }
    if (
      this.#auth.isPrincipal(credentials, 'service') &&
      isOwnPlugin(credentials.principal)
    ) {
      return new PluginReporter(credentials.principal.subject);
    }
    const pipeline = await this.#ciCredentials.getPipeline(credentials);
    if (!pipeline) {
      throw new NotAllowedError(
        'Events are taken from people, from plugins of this portal, and from pipelines with a CI credential',
      );
    }
    // Whether pipelines may report at all is said by backend.auth.externalAccess
    const { result } = await this.#permission.policy(credentials);
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `This portal takes no events from pipelines: backend.auth.externalAccess does not let them have ${goldenPathsEventPushPermission.name}`,
      );
    }
    return new PipelineReporter({ observers: this.#observers, pipeline });
  }
}
