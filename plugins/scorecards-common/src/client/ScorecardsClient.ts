import { ResponseError } from '@backstage/errors';
import {
  BreakdownReport,
  EntityScorecards,
  EvaluationResponse,
  Exemption,
  Fact,
  HeatmapReport,
  LevelsReport,
  MoversReport,
  NextStepsReport,
  NotificationPreferences,
  Page,
  PreviewResponse,
  PushedFact,
  PushFactsResponse,
  RulesReport,
  RuleTransition,
  ScorecardResultRow,
  ScorecardSummary,
  TrendReport,
} from '../api/types';
import { ScorecardEntityV1alpha1 } from '../kind/ScorecardEntityV1alpha1';
import {
  CallOptions,
  ExemptionRequest,
  ExemptionsRequest,
  PageRequest,
  ReportRequest,
  ScorecardResultsFilter,
  ScorecardResultsRequest,
  ScorecardsApi,
  ScorecardsRequest,
} from './ScorecardsApi';
import {
  entityPath,
  parseScorecardRef,
  pathSegment,
  scorecardPath,
} from './paths';

/** Of a query; what is undefined is left out. */
type Query = {
  [name: string]: string | number | boolean | string[] | undefined;
};

/**
 * Talks to the backend of this plugin over HTTP.
 *
 * @public
 */
export class ScorecardsClient implements ScorecardsApi {
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

  async listScorecards(
    request: ScorecardsRequest = {},
    options?: CallOptions,
  ): Promise<Page<ScorecardSummary>> {
    return this.get('/scorecards', { ...request }, options);
  }

  async getScorecard(
    request: { scorecardRef: string; asOf?: string },
    options?: CallOptions,
  ): Promise<ScorecardSummary> {
    const { scorecardRef, ...query } = request;
    return this.get(scorecardPath(scorecardRef), query, options);
  }

  async getResults(
    request: ScorecardResultsRequest,
    options?: CallOptions,
  ): Promise<Page<ScorecardResultRow>> {
    const { scorecardRef, ...query } = request;
    return this.get(`${scorecardPath(scorecardRef)}/results`, query, options);
  }

  async exportResults(
    request: ScorecardResultsFilter,
    options?: CallOptions,
  ): Promise<File> {
    const { scorecardRef, ...query } = request;
    const response = await this.fetch(
      `${scorecardPath(scorecardRef)}/export.csv${search(query)}`,
      { signal: options?.signal },
    );
    // Of another origin, the name is not to be seen
    const [, name = `${parseScorecardRef(scorecardRef).name}.csv`] =
      response.headers
        .get('content-disposition')
        ?.match(/filename="([^"]+)"/) ?? [];
    return new File([await response.blob()], name, { type: 'text/csv' });
  }

  async getEntityScorecards(
    request: { entityRef: string; asOf?: string },
    options?: CallOptions,
  ): Promise<EntityScorecards> {
    const { entityRef, ...query } = request;
    return this.get(`/entities${entityPath(entityRef)}`, query, options);
  }

  async getRuleTransitions(
    request: PageRequest & {
      entityRef: string;
      scorecardRef: string;
      ruleId: string;
    },
    options?: CallOptions,
  ): Promise<Page<RuleTransition>> {
    const { entityRef, scorecardRef, ruleId, ...query } = request;
    return this.get(
      `/entities${entityPath(entityRef)}${scorecardPath(
        scorecardRef,
      )}/rules/${pathSegment(ruleId)}/transitions`,
      query,
      options,
    );
  }

  async evaluateEntity(
    request: { entityRef: string },
    options?: CallOptions,
  ): Promise<EvaluationResponse> {
    return this.send(
      'POST',
      `/entities${entityPath(request.entityRef)}/evaluations`,
      {},
      options,
    );
  }

  async getBadgeUrl(request: {
    entityRef: string;
    scorecardRef: string;
  }): Promise<string> {
    const baseUrl = await this.discoveryApi.getBaseUrl('scorecards');
    const { namespace, name } = parseScorecardRef(request.scorecardRef);
    return `${baseUrl}/badges${entityPath(request.entityRef)}/${pathSegment(
      name,
    )}.svg${search({
      namespace: namespace === 'default' ? undefined : namespace,
    })}`;
  }

  async pushFacts(
    request: { facts: PushedFact[] },
    options?: CallOptions,
  ): Promise<PushFactsResponse> {
    return this.send('POST', '/facts', request, options);
  }

  async getFacts(
    request: { entityRef: string },
    options?: CallOptions,
  ): Promise<{ items: Fact[] }> {
    return this.get(`/facts${entityPath(request.entityRef)}`, {}, options);
  }

  async previewScorecard(
    request: { scorecard: string | ScorecardEntityV1alpha1 },
    options?: CallOptions,
  ): Promise<PreviewResponse> {
    return this.send('POST', '/previews', request, options);
  }

  async listExemptions(
    request: ExemptionsRequest = {},
    options?: CallOptions,
  ): Promise<Page<Exemption>> {
    return this.get('/exemptions', { ...request }, options);
  }

  async requestExemption(
    request: ExemptionRequest,
    options?: CallOptions,
  ): Promise<Exemption> {
    return this.send('POST', '/exemptions', request, options);
  }

  async approveExemption(
    request: { id: string; note?: string },
    options?: CallOptions,
  ): Promise<Exemption> {
    return this.decide('approve', request, options);
  }

  async denyExemption(
    request: { id: string; note: string },
    options?: CallOptions,
  ): Promise<Exemption> {
    return this.decide('deny', request, options);
  }

  async revokeExemption(
    request: { id: string; note: string },
    options?: CallOptions,
  ): Promise<Exemption> {
    return this.decide('revoke', request, options);
  }

  async getLevelsReport(
    request: ReportRequest & { asOf?: string } = {},
    options?: CallOptions,
  ): Promise<LevelsReport> {
    return this.get('/reports/levels', { ...request }, options);
  }

  async getTrendReport(
    request: ReportRequest & {
      from?: string;
      to?: string;
      every?: number;
    } = {},
    options?: CallOptions,
  ): Promise<TrendReport> {
    return this.get('/reports/trend', { ...request }, options);
  }

  async getRulesReport(
    request: ReportRequest & { blocking?: boolean } = {},
    options?: CallOptions,
  ): Promise<RulesReport> {
    return this.get('/reports/rules', { ...request }, options);
  }

  async getHeatmapReport(
    request: ReportRequest & PageRequest & { by: HeatmapReport['by'] },
    options?: CallOptions,
  ): Promise<HeatmapReport> {
    return this.get('/reports/heatmap', { ...request }, options);
  }

  async getMoversReport(
    request: {
      scorecard: string;
      owner?: string;
      domain?: string;
      from?: string;
      limit?: number;
    },
    options?: CallOptions,
  ): Promise<MoversReport> {
    return this.get('/reports/movers', { ...request }, options);
  }

  async getNextStepsReport(
    request: { owner: string[]; scorecard?: string | string[]; limit?: number },
    options?: CallOptions,
  ): Promise<NextStepsReport> {
    return this.get('/reports/next-steps', { ...request }, options);
  }

  async getBreakdownReport(
    request: ReportRequest & PageRequest & { by: BreakdownReport['by'] },
    options?: CallOptions,
  ): Promise<BreakdownReport> {
    return this.get('/reports/breakdown', { ...request }, options);
  }

  async getPreferences(
    options?: CallOptions,
  ): Promise<NotificationPreferences> {
    return this.get('/preferences', {}, options);
  }

  async setPreferences(
    preferences: NotificationPreferences,
    options?: CallOptions,
  ): Promise<NotificationPreferences> {
    return this.send('PUT', '/preferences', preferences, options);
  }

  private decide(
    action: string,
    request: { id: string; note?: string },
    options?: CallOptions,
  ): Promise<Exemption> {
    const { id, ...body } = request;
    return this.send(
      'POST',
      `/exemptions/${pathSegment(id)}/${action}`,
      body,
      options,
    );
  }

  private async get<T>(
    path: string,
    query: Query,
    options?: CallOptions,
  ): Promise<T> {
    const response = await this.fetch(`${path}${search(query)}`, {
      signal: options?.signal,
    });
    return response.json();
  }

  private async send<T>(
    method: 'POST' | 'PUT',
    path: string,
    body: object,
    options?: CallOptions,
  ): Promise<T> {
    const response = await this.fetch(path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: options?.signal,
    });
    return response.json();
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    const baseUrl = await this.discoveryApi.getBaseUrl('scorecards');
    const response = await this.fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function search(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined) {
        parameters.append(name, String(each));
      }
    }
  }
  const text = parameters.toString();
  return text && `?${text}`;
}
