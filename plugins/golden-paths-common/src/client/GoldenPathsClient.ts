import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, ResponseError } from '@backstage/errors';
import {
  Deviation,
  EntityDelivery,
  FirstStepsReport,
  MetricRows,
  MetricsConfig,
  ReportRequest,
  SquadsReport,
  SummaryReport,
  TemplateHealthDetails,
  TemplateHealthReport,
  TemplateRuns,
  TemplateServices,
} from '../api/reports';
import { HistoryImport, NewTicket, Ticket, TicketList } from '../api/support';
import { DeliveryEventList } from '../types';
import {
  CallOptions,
  DeviationsRequest,
  EventsRequest,
  FirstStepsRequest,
  GoldenPathsApi,
  MetricRowsRequest,
  TemplateRunsRequest,
  TemplateServicesRequest,
} from './GoldenPathsApi';

/** Of a query; what is undefined is left out. */
type Query = object;

/**
 * Talks to the backend of this plugin over HTTP.
 *
 * @public
 */
export class GoldenPathsClient implements GoldenPathsApi {
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

  async getMetricsConfig(options?: CallOptions): Promise<MetricsConfig> {
    return this.get('/metrics', {}, options);
  }

  async getSummary(
    request: ReportRequest,
    options?: CallOptions,
  ): Promise<SummaryReport> {
    return this.get('/reports/summary', request, options);
  }

  async getSquads(
    request: ReportRequest & { cursor?: string; limit?: number },
    options?: CallOptions,
  ): Promise<SquadsReport> {
    return this.get('/reports/squads', request, options);
  }

  async getMetricRows(
    request: MetricRowsRequest,
    options?: CallOptions,
  ): Promise<MetricRows> {
    return this.get('/reports/rows', request, options);
  }

  async exportMetricRows(
    request: MetricRowsRequest,
    options?: CallOptions,
  ): Promise<File> {
    return this.download('/reports/rows.csv', request, options);
  }

  async exportSummary(
    request: ReportRequest,
    options?: CallOptions,
  ): Promise<File> {
    return this.download('/reports/summary.csv', request, options);
  }

  async getFirstSteps(
    request: FirstStepsRequest,
    options?: CallOptions,
  ): Promise<FirstStepsReport> {
    return this.get('/reports/first-steps', request, options);
  }

  async getTemplates(
    request: Pick<ReportRequest, 'weeks' | 'until'>,
    options?: CallOptions,
  ): Promise<TemplateHealthReport> {
    return this.get('/reports/templates', request, options);
  }

  async getTemplate(
    request: { templateRef: string } & Pick<ReportRequest, 'weeks' | 'until'>,
    options?: CallOptions,
  ): Promise<TemplateHealthDetails> {
    return this.get('/reports/template', request, options);
  }

  async getTemplateServices(
    request: TemplateServicesRequest,
    options?: CallOptions,
  ): Promise<TemplateServices> {
    return this.get('/reports/template-services', request, options);
  }

  async getTemplateRuns(
    request: TemplateRunsRequest,
    options?: CallOptions,
  ): Promise<TemplateRuns> {
    return this.get('/reports/template-runs', request, options);
  }

  async getEntityDelivery(
    request: { entityRef: string; weeks?: number },
    options?: CallOptions,
  ): Promise<EntityDelivery> {
    const { entityRef, ...query } = request;
    return this.get(
      `/entities${entityPath(entityRef)}/delivery`,
      query,
      options,
    );
  }

  async getEvents(
    request: EventsRequest,
    options?: CallOptions,
  ): Promise<DeliveryEventList> {
    return this.get('/events', request, options);
  }

  async getDeviations(
    request: DeviationsRequest,
    options?: CallOptions,
  ): Promise<{ items: Deviation[]; totalItems: number; nextCursor?: string }> {
    return this.get('/deviations', request, options);
  }

  async decideDeviation(
    request: {
      id: string;
      decision: 'approve' | 'deny' | 'revoke';
      comment?: string;
      expiresAt?: string;
    },
    options?: CallOptions,
  ): Promise<Deviation> {
    const { id, decision, ...body } = request;
    return this.post(
      `/deviations/${pathSegment(id)}/${decision}`,
      body,
      options,
    );
  }

  async createTicket(
    ticket: NewTicket,
    options?: CallOptions,
  ): Promise<Ticket> {
    return this.post('/tickets', ticket, options);
  }

  async getTickets(
    request: {
      owner?: string;
      mine?: boolean;
      open?: boolean;
      cursor?: string;
      limit?: number;
    },
    options?: CallOptions,
  ): Promise<TicketList> {
    return this.get('/tickets', request, options);
  }

  async getTicket(
    request: { id: string },
    options?: CallOptions,
  ): Promise<Ticket> {
    return this.get(`/tickets/${pathSegment(request.id)}`, {}, options);
  }

  async closeTicket(
    request: { id: string },
    options?: CallOptions,
  ): Promise<Ticket> {
    return this.post(`/tickets/${pathSegment(request.id)}/close`, {}, options);
  }

  async importCsv(
    request: { csv: string; observed?: boolean },
    options?: CallOptions,
  ): Promise<HistoryImport> {
    const { csv, ...query } = request;
    const response = await this.fetch(`/imports/csv${search(query)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: csv,
      options,
    });
    return response.json();
  }

  async importFromGithub(
    request: { repositories?: string[]; months?: number; observed?: boolean },
    options?: CallOptions,
  ): Promise<HistoryImport> {
    return this.post('/imports/github', request, options);
  }

  async getImports(options?: CallOptions): Promise<{ items: HistoryImport[] }> {
    return this.get('/imports', {}, options);
  }

  async getImport(
    request: { id: string },
    options?: CallOptions,
  ): Promise<HistoryImport> {
    return this.get(`/imports/${pathSegment(request.id)}`, {}, options);
  }

  private async get<T>(
    path: string,
    query: Query,
    options?: CallOptions,
  ): Promise<T> {
    const response = await this.fetch(`${path}${search(query)}`, { options });
    return response.json();
  }

  private async post<T>(
    path: string,
    body: object,
    options?: CallOptions,
  ): Promise<T> {
    const response = await this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      options,
    });
    return response.json();
  }

  private async download(
    path: string,
    query: Query,
    options?: CallOptions,
  ): Promise<File> {
    const response = await this.fetch(`${path}${search(query)}`, { options });
    // Of another origin, the name is not to be seen
    const [, name = 'delivery.csv'] =
      response.headers
        .get('content-disposition')
        ?.match(/filename="([^"]+)"/) ?? [];
    return new File([await response.blob()], name, { type: 'text/csv' });
  }

  private async fetch(
    path: string,
    request: RequestInit & { options?: CallOptions },
  ): Promise<Response> {
    const { options, headers, ...init } = request;
    const baseUrl = await this.discoveryApi.getBaseUrl('golden-paths');
    const response = await this.fetchApi.fetch(`${baseUrl}${path}`, {
      ...init,
      headers: {
        ...headers,
        ...(options?.token && { authorization: `Bearer ${options.token}` }),
      },
      signal: options?.signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

/**
 * A part of an address.
 *
 * @throws InputError when it would lead to another address: no way of encoding keeps
 * `..` from being taken for the way up
 */
function pathSegment(text: string): string {
  if (/^\.{0,2}$/.test(text)) {
    throw new InputError(`${JSON.stringify(text)} is not a name`);
  }
  return encodeURIComponent(text);
}

function entityPath(ref: string): string {
  const { kind, namespace, name } = parseEntityRef(ref);
  return `/${[kind, namespace, name].map(pathSegment).join('/')}`;
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
