import { ResponseError } from '@backstage/errors';
import { CiCredentialsApi } from './CiCredentialsApi';
import {
  CiCredential,
  CiCredentialPage,
  CiCredentialSettings,
  CreateCiCredentialRequest,
  CreatedCiCredential,
  ListCiCredentialsRequest,
} from './types';

/**
 * Talks to the backend of this plugin over HTTP.
 *
 * @public
 */
export class CiCredentialsClient implements CiCredentialsApi {
  private readonly discoveryApi: {
    getBaseUrl(pluginId: string): Promise<string>;
  };
  private readonly fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi;
  }

  async list(
    request: ListCiCredentialsRequest = {},
    options?: { signal?: AbortSignal },
  ): Promise<CiCredentialPage> {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(request)) {
      if (value !== undefined) {
        query.set(key, String(value));
      }
    }
    return this.request(`/credentials?${query}`, { signal: options?.signal });
  }

  async create(
    request: CreateCiCredentialRequest,
  ): Promise<CreatedCiCredential> {
    return this.request('/credentials', this.post(request));
  }

  async revoke(request: {
    id: string;
    reason?: string;
  }): Promise<CiCredential> {
    const { id, reason } = request;
    return this.request(
      `/credentials/${encodeURIComponent(id)}/revoke`,
      this.post({ reason }),
    );
  }

  async getSettings(options?: {
    signal?: AbortSignal;
  }): Promise<CiCredentialSettings> {
    return this.request('/settings', { signal: options?.signal });
  }

  private post(body: object): RequestInit {
    return {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
  }

  private async request<T>(path: string, init: RequestInit): Promise<T> {
    const baseUrl = await this.discoveryApi.getBaseUrl('ci-credentials');
    const response = await this.fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return await response.json();
  }
}
