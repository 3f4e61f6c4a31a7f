import {
  Deviation,
  DeviationState,
  EntityDelivery,
  FirstStep,
  FirstStepsReport,
  MetricRows,
  MetricsConfig,
  ReportRequest,
  SquadsReport,
  SummaryReport,
  TemplateHealthDetails,
  TemplateHealthReport,
  TemplateRuns,
  TemplateRunState,
  TemplateServices,
} from '../api/reports';
import { HistoryImport, NewTicket, Ticket, TicketList } from '../api/support';
import { MetricId } from '../metrics/metrics';
import { DeliveryEventList } from '../types';

/** @public */
export interface CallOptions {
  signal?: AbortSignal;
  /** Of a service; a person's comes with the fetch API. */
  token?: string;
}

/** @public */
export interface EventsRequest {
  entityRef?: string;
  /** Those that match no entity. Needs the right to see all events. */
  unmatched?: boolean;
  /** Of the type, such as `service.deployed`. */
  type?: string;
  source?: string;
  eventId?: string;
  /** ISO 8601. */
  from?: string;
  to?: string;
  cursor?: string;
  limit?: number;
}

/** @public */
export interface MetricRowsRequest extends ReportRequest {
  metric: MetricId;
  /** Of one week only, the date of its Monday. */
  week?: string;
  entityRef?: string;
  /** Only what is in the numerator. */
  counted?: boolean;
  /** Of `parts` of the metric. */
  part?: string;
  cursor?: string;
  limit?: number;
}

/** @public */
export interface FirstStepsRequest extends ReportRequest {
  state?: 'stuck' | 'done';
  step?: FirstStep;
  cursor?: string;
  limit?: number;
}

/** @public */
export interface TemplateServicesRequest
  extends Omit<ReportRequest, 'template' | 'weeks'> {
  templateRef: string;
  /** Only with this version; `none`: with none that is known. */
  version?: string;
  /** Only with an older version than the newest, or only without. */
  behind?: boolean;
  cursor?: string;
  limit?: number;
}

/** @public */
export interface TemplateRunsRequest
  extends Pick<ReportRequest, 'weeks' | 'until'> {
  templateRef: string;
  /** Of one week only, the date of its Monday. */
  week?: string;
  state?: TemplateRunState;
  /** The id of the step at which they failed. */
  step?: string;
  cursor?: string;
  limit?: number;
}

/** @public */
export interface DeviationsRequest {
  owner?: string;
  template?: string;
  state?: DeviationState;
  entityRef?: string;
  cursor?: string;
  limit?: number;
}

/**
 * What happened to services, and what it says about delivery.
 *
 * @public
 */
export interface GoldenPathsApi {
  getMetricsConfig(options?: CallOptions): Promise<MetricsConfig>;
  getSummary(
    request: ReportRequest,
    options?: CallOptions,
  ): Promise<SummaryReport>;
  getSquads(
    request: ReportRequest & { cursor?: string; limit?: number },
    options?: CallOptions,
  ): Promise<SquadsReport>;
  getMetricRows(
    request: MetricRowsRequest,
    options?: CallOptions,
  ): Promise<MetricRows>;
  /** The same rows as CSV, all of them. */
  exportMetricRows(
    request: MetricRowsRequest,
    options?: CallOptions,
  ): Promise<File>;
  /** All metrics by week as CSV. */
  exportSummary(request: ReportRequest, options?: CallOptions): Promise<File>;

  getFirstSteps(
    request: FirstStepsRequest,
    options?: CallOptions,
  ): Promise<FirstStepsReport>;
  getTemplates(
    request: Pick<ReportRequest, 'weeks' | 'until'>,
    options?: CallOptions,
  ): Promise<TemplateHealthReport>;
  getTemplate(
    request: { templateRef: string } & Pick<ReportRequest, 'weeks' | 'until'>,
    options?: CallOptions,
  ): Promise<TemplateHealthDetails>;
  /** Services that follow a golden path, with the version that each of them has. */
  getTemplateServices(
    request: TemplateServicesRequest,
    options?: CallOptions,
  ): Promise<TemplateServices>;
  /** Runs of a golden path that the caller may open, the latest first. */
  getTemplateRuns(
    request: TemplateRunsRequest,
    options?: CallOptions,
  ): Promise<TemplateRuns>;
  getEntityDelivery(
    request: { entityRef: string; weeks?: number },
    options?: CallOptions,
  ): Promise<EntityDelivery>;
  getEvents(
    request: EventsRequest,
    options?: CallOptions,
  ): Promise<DeliveryEventList>;

  getDeviations(
    request: DeviationsRequest,
    options?: CallOptions,
  ): Promise<{ items: Deviation[]; totalItems: number; nextCursor?: string }>;
  /** @param request.expiresAt - ISO 8601; needed to approve */
  decideDeviation(
    request: {
      id: string;
      decision: 'approve' | 'deny' | 'revoke';
      comment?: string;
      expiresAt?: string;
    },
    options?: CallOptions,
  ): Promise<Deviation>;

  createTicket(ticket: NewTicket, options?: CallOptions): Promise<Ticket>;
  getTickets(
    request: {
      owner?: string;
      mine?: boolean;
      open?: boolean;
      cursor?: string;
      limit?: number;
    },
    options?: CallOptions,
  ): Promise<TicketList>;
  getTicket(request: { id: string }, options?: CallOptions): Promise<Ticket>;
  closeTicket(request: { id: string }, options?: CallOptions): Promise<Ticket>;

  importCsv(
    request: { csv: string; observed?: boolean },
    options?: CallOptions,
  ): Promise<HistoryImport>;
  importFromGithub(
    request: { repositories?: string[]; months?: number; observed?: boolean },
    options?: CallOptions,
  ): Promise<HistoryImport>;
  getImports(options?: CallOptions): Promise<{ items: HistoryImport[] }>;
  getImport(
    request: { id: string },
    options?: CallOptions,
  ): Promise<HistoryImport>;
}
