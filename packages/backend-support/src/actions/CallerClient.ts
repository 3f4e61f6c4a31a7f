import {
  AuthService,
  BackstageCredentials,
  BackstagePrincipalTypes,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, ResponseError } from '@backstage/errors';

/** As the clients that plugins have in their `-common`. */
type ClientOfRoutes<Api> = new (options: {
  discoveryApi: DiscoveryService;
  fetchApi: { fetch: typeof fetch };
}) => Api;

/** Knows the credentials that are those of a pipeline. */
interface PipelineReader {
  getPipeline(credentials: BackstageCredentials): Promise<unknown>;
}

/**
 * The routes of a plugin in the name of whoever called one of its actions. So an
 * action can do nothing that its route would refuse.
 *
 * @public
 */
export class CallerClient<Api> {
  readonly #Client: ClientOfRoutes<Api>;
  readonly #pluginId: string;
  readonly #auth: AuthService;
  readonly #ciCredentials: PipelineReader;
  readonly #discovery: DiscoveryService;

  constructor(options: {
    Client: ClientOfRoutes<Api>;
    pluginId: string;
    auth: AuthService;
    ciCredentials: PipelineReader;
    discovery: DiscoveryService;
  }) {
    this.#Client = options.Client;
    this.#pluginId = options.pluginId;
    this.#auth = options.auth;
    this.#ciCredentials = options.ciCredentials;
    this.#discovery = options.discovery;
  }

  async call<T>(
    credentials: BackstageCredentials,
    work: (api: Api) => Promise<T>,
  ): Promise<T> {
    await this.#assertNotRestricted(credentials);
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: this.#pluginId,
    });
    const api = new this.#Client({
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
   * A token in the name of a service is one of the plugin: it would forget what
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
