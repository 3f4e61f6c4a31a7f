import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { DeliveryFactsAnswer } from '@waymark/plugin-golden-paths-common';

/**
 * Asks the backend of golden paths about many entities at once.
 *
 * @internal
 */
export class DeliverySource {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  async read(
    entityRefs: string[],
    signal: AbortSignal,
  ): Promise<DeliveryFactsAnswer['items']> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'golden-paths',
    });
    const baseUrl = await this.#discovery.getBaseUrl('golden-paths');
    const response = await fetch(`${baseUrl}/facts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ entityRefs }),
      signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const { items }: DeliveryFactsAnswer = await response.json();
    return items;
  }
}
