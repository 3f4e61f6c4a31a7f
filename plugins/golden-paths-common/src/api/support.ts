/**
 * A question or request to the platform team.
 *
 * @public
 */
export interface NewTicket {
  /** What it is about. */
  title: string;
  text: string;
  category: TicketCategory;
  /** Where the question arose. */
  entityRef?: string;
  templateRef?: string;
  /** The step of a form, a run or a pipeline; or the id of a rule. */
  step?: string;
  taskId?: string;
  scorecardRef?: string;
  /** Where in the portal, a path that begins with `/`. */
  page?: string;
  /** Given by the sender, so that sending again opens no second ticket. */
  requestId: string;
}

/** @public */
export type TicketCategory =
  | 'question'
  | 'problem'
  | 'access'
  | 'request'
  | 'other';

/** @public */
export interface Ticket {
  id: string;
  title: string;
  category: string;
  entityRef?: string;
  /** The squad that asks. */
  ownerRef?: string;
  templateRef?: string;
  step?: string;
  createdAt: string;
  closedAt?: string;
  createdBy?: string;
  url?: string;
  sample: boolean;
}

/** @public */
export interface HistoryImport {
  id: string;
  kind: 'csv' | 'github';
  state: 'running' | 'succeeded' | 'failed';
  startedBy: string;
  startedAt: string;
  endedAt?: string;
  /** Deployments read, taken, known before, refused. */
  read: number;
  accepted: number;
  duplicates: number;
  refused: number;
  /** The first ones, with their line or repository. */
  problems: { line?: number; repository?: string; message: string }[];
  error?: string;
}
