import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { ForgeRunnerApi } from './ForgeRunnerApi';
import { EntityPipeline, LogPart, PipelineRun, RunningService } from './types';

/**
 * Speaks with the forge runner's backend.
 *
 * @public
 */
export class ForgeRunnerClient implements ForgeRunnerApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async getPipeline(
    entityRef: string,
    options: { cursor?: string; limit?: number; signal?: AbortSignal } = {},
  ): Promise<EntityPipeline> {
    const { signal, ...query } = options;
    return this.#get(entityRef, '', { query, signal });
  }

  async getRun(
    entityRef: string,
    run: number,
    options: { signal?: AbortSignal } = {},
  ): Promise<PipelineRun> {
    return this.#get(entityRef, `/runs/${run}`, options);
  }

  async getStageLog(
    entityRef: string,
    options: {
      run: number;
      stage: string;
      from?: number;
      signal?: AbortSignal;
    },
  ): Promise<LogPart> {
    const { run, stage, from, signal } = options;
    return this.#get(
      entityRef,
      `/runs/${run}/stages/${encodeURIComponent(stage)}/log`,
      { query: { from }, signal },
    );
  }

  async getServiceLog(
    entityRef: string,
    options: { from?: number; signal?: AbortSignal } = {},
  ): Promise<LogPart> {
    const { from, signal } = options;
    return this.#get(entityRef, '/service/log', { query: { from }, signal });
  }

  async startRun(entityRef: string): Promise<PipelineRun> {
    return this.#post(entityRef, '/runs');
  }

  async cancelRun(entityRef: string, run: number): Promise<PipelineRun> {
    return this.#post(entityRef, `/runs/${run}/cancel`);
  }

  async stopService(entityRef: string): Promise<RunningService> {
    return this.#post(entityRef, '/service/stop');
  }

  async restartService(entityRef: string): Promise<RunningService> {
    return this.#post(entityRef, '/service/restart');
  }

  async rollBackService(
    entityRef: string,
    options: { run: number },
  ): Promise<RunningService> {
    return this.#post(entityRef, '/service/roll-back', options);
  }

  async #get<T>(
    entityRef: string,
    path: string,
    options: {
      query?: Record<string, string | number | undefined>;
      signal?: AbortSignal;
    },
  ): Promise<T> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(options.query ?? {})) {
      if (value !== undefined) {
        query.set(name, String(value));
      }
    }
    const search = query.size > 0 ? `?${query}` : '';
    return this.#request(entityRef, `${path}${search}`, {
      signal: options.signal,
    });
  }

  async #post<T>(entityRef: string, path: string, body: object = {}) {
    return this.#request<T>(entityRef, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async #request<T>(
    entityRef: string,
    path: string,
    init: RequestInit,
  ): Promise<T> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const baseUrl = await this.#discoveryApi.getBaseUrl('forge-runner');
    const place = [kind, namespace, name].map(encodeURIComponent).join('/');
    const response = await this.#fetchApi.fetch(
      `${baseUrl}/pipelines/${place}${path}`,
      init,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
