import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import type {
  GoldenPathApi,
  GoldenPathCheckRequest,
  GoldenPathCheckResult,
  GoldenPathRun,
  RunFailure,
} from './GoldenPathApi';

/** An entry of a run's log; the published type leaves out the error. */
interface RunEvent {
  type: string;
  body: {
    stepId?: string;
    status?: string;
    error?: { message?: string };
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

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
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

  async getFailure(taskId: string): Promise<RunFailure> {
    const response = await this.fetch(
      `/v2/tasks/${encodeURIComponent(taskId)}/events`,
    );
    const events: RunEvent[] = await this.json(response);

    let failure: RunFailure = {};
    let runningStepId: string | undefined;
    let cancelledStepId: string | undefined;
    for (const { type, body } of events) {
      if (type === 'recovered') {
        // What came before belongs to an earlier attempt
        failure = {};
        runningStepId = undefined;
        cancelledStepId = undefined;
      } else if (body.status === 'processing') {
        runningStepId = body.stepId;
      } else if (body.status === 'completed') {
        runningStepId = undefined;
      } else if (body.status === 'failed') {
        failure.stepId ??= body.stepId;
      } else if (body.status === 'cancelled') {
        failure.cancelled = true;
        cancelledStepId ??= body.stepId;
      }
      failure.message ??= body.error?.message;
    }
    // A step that is cancelled may still end well; the run stops at the next
    failure.stepId ??= runningStepId ?? cancelledStepId;
    return failure;
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
