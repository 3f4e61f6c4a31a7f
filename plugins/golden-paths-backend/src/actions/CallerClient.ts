import {
  AuthService,
  BackstageCredentials,
  BackstagePrincipalTypes,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, ResponseError } from '@backstage/errors';
import { CiCredentialsService } from '@waymark/plugin-ci-credentials-node';
import {
  GoldenPathsApi,
  GoldenPathsClient,
} from '@waymark/plugin-golden-paths-common';

/**
 * The routes of this plugin in the name of whoever called an action. So an action
 * can do nothing that its route would refuse.
 *
 * @internal
 */
export class CallerClient {
  readonly #auth: AuthService;
  readonly #ciCredentials: Pick<CiCredentialsService, 'getPipeline'>;
  readonly #discovery: DiscoveryService;

  constructor(options: {
    auth: AuthService;
    ciCredentials: Pick<CiCredentialsService, 'getPipeline'>;
    discovery: DiscoveryService;
  }) {
    this.#auth = options.auth;
    this.#ciCredentials = options.ciCredentials;
    this.#discovery = options.discovery;
  }

  async call<T>(
    credentials: BackstageCredentials,
    work: (api: GoldenPathsApi) => Promise<T>,
  ): Promise<T> {
    await this.#assertNotRestricted(credentials);
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'golden-paths',
    });
    const api = new GoldenPathsClient({
      discoveryApi: this.#discovery,
      fetchApi: {
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set('authorization', `Bearer ${token}`);
          return fetch(input, { ...init, headers });
        },
      },
    });
    try {
      return await work(api);
    } catch (error) {
      // As it would be without the way over HTTP
      throw error instanceof ResponseError ? error.cause : error;
    }
  }

  /**
   * A token in the name of a service is one of this plugin: it would forget what
   * that service is restricted to.
   */
  async #assertNotRestricted(credentials: BackstageCredentials): Promise<void> {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      return;
    }
    const { accessRestrictions } =
      credentials.principal as BackstagePrincipalTypes['service'];
    if (
      accessRestrictions ||
      (await this.#ciCredentials.getPipeline(credentials))
    ) {
      throw new NotAllowedError(
        'Actions are not for pipelines and restricted tokens: they call the routes of the plugin',
      );
    }
  }
}
