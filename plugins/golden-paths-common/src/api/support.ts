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
  /** Markdown, as a person wrote it. */
  text?: string;
  category: string;
  /** What it is about. */
  entityRef?: string;
  /** The squad that asks. */
  ownerRef?: string;
  templateRef?: string;
  step?: string;
  taskId?: string;
  scorecardRef?: string;
  page?: string;
  createdAt: string;
  closedAt?: string;
  createdBy?: string;
  closedBy?: string;
  /** Of its issue in the tracker. */
  url?: string;
  /** Why the tracker has not taken it yet; it is tried again. */
  trackerError?: string;
  sample: boolean;
}

/**
 * Questions, the latest first.
 *
 * @public
 */
export interface TicketList {
  items: Ticket[];
  nextCursor?: string;
  /** The caller is of the platform team, and sees all questions. */
  manages: boolean;
  /** Where questions are worked on; absent: in the portal. */
  tracker?: 'github' | 'webhook';
}

/** @public */
export interface HistoryImport {
  id: string;
  kind: 'csv' | 'github';
  state: 'running' | 'succeeded' | 'failed';
  /** It comes from a system of record: its deployments count as observed. */
  observed: boolean;
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
  /** Why it failed, or what a running one waits for. */
  error?: string;
}
