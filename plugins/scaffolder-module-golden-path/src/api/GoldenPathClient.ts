import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import {
  GoldenPathsClient,
  type Deviation,
  type UpgradePreview,
  type UpgradeProposal,
  type UpgradeStatus,
} from '@waymark/plugin-golden-paths-common';
import type {
  GoldenPathApi,
  GoldenPathCheckRequest,
  GoldenPathCheckResult,
  GoldenPathRun,
  ListedRun,
  RunEvent,
  UsualDuration,
} from './GoldenPathApi';

/** More of one service is not read at a time. */
const MAX_DEVIATIONS = 200;

function upgradePath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/golden-path/upgrades/${[kind, namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

function post(body: JsonObject, signal?: AbortSignal): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  };
}

/**
 * Talks to the scaffolder's backend and its golden-path module.
 *
 * @internal
 */
export class GoldenPathClient implements GoldenPathApi {
  private readonly discoveryApi: DiscoveryApi;
  private readonly fetchApi: FetchApi;
  private readonly delivery: GoldenPathsClient;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.delivery = new GoldenPathsClient(options);
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi;
  }

  async check(
    request: GoldenPathCheckRequest,
    options?: { signal?: AbortSignal },
  ): Promise<GoldenPathCheckResult> {
    const query = new URLSearchParams({ name: request.name });
    if (request.owner) {
      query.set('owner', request.owner);
    }
    if (request.system) {
      query.set('system', request.system);
    }
    const response = await this.fetch(`/golden-path/checks?${query}`, {
      signal: options?.signal,
    });
    return await this.json(response);
  }

  async getDeviations(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<Deviation[]> {
    const { items } = await this.delivery.getDeviations(
      { entityRef, limit: MAX_DEVIATIONS },
      options,
    );
    return items;
  }

  async getRun(taskId: string): Promise<GoldenPathRun | undefined> {
    const response = await this.fetch(
      `/golden-path/runs/${encodeURIComponent(taskId)}`,
    );
    if (response.status === 404) {
      return undefined;
    }
    return await this.json(response);
  }

  async undoRun(taskId: string): Promise<GoldenPathRun> {
    const response = await this.fetch(
      `/golden-path/runs/${encodeURIComponent(taskId)}/undo`,
      { method: 'POST' },
    );
    return await this.json(response);
  }

  async getEvents(taskId: string): Promise<RunEvent[]> {
    const response = await this.fetch(
      `/v2/tasks/${encodeURIComponent(taskId)}/events`,
    );
    return await this.json(response);
  }

  async listRuns(options: {
    mine: boolean;
    limit: number;
    offset: number;
  }): Promise<{ items: ListedRun[]; totalItems: number }> {
    const query = new URLSearchParams(
      Object.entries(options).map(([key, value]) => [key, String(value)]),
    );
    return await this.json(await this.fetch(`/golden-path/runs?${query}`));
  }

  async getUsualDurations(templateRefs: string[]): Promise<UsualDuration[]> {
    const query = new URLSearchParams(
      templateRefs.map(ref => ['template', ref]),
    );
    const response = await this.fetch(`/golden-path/durations?${query}`);
    const { items }: { items: UsualDuration[] } = await this.json(response);
    return items;
  }

  async getUpgrade(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<UpgradeStatus> {
    return await this.json(
      await this.fetch(upgradePath(entityRef), { signal: options?.signal }),
    );
  }

  async previewUpgrade(
    entityRef: string,
    options?: { answers?: JsonObject; signal?: AbortSignal },
  ): Promise<UpgradePreview> {
    const { answers, signal } = options ?? {};
    return await this.json(
      await this.fetch(
        `${upgradePath(entityRef)}/preview`,
        answers ? post({ answers }, signal) : { signal },
      ),
    );
  }

  async proposeUpgrade(
    entityRef: string,
    options?: { answers?: JsonObject },
  ): Promise<{ taskId: string; proposal?: UpgradeProposal }> {
    return await this.json(
      await this.fetch(upgradePath(entityRef), post({ ...options })),
    );
  }

  private async fetch(path: string, init?: RequestInit): Promise<Response> {
    const baseUrl = await this.discoveryApi.getBaseUrl('scaffolder');
    return await this.fetchApi.fetch(`${baseUrl}${path}`, init);
  }

  private async json<T>(response: Response): Promise<T> {
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return await response.json();
  }
}
