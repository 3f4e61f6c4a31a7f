import { createHmac } from 'node:crypto';
import { ForwardedError } from '@backstage/errors';
import { z } from 'zod';
import { cleanLine, cleanUrl } from '../adapters/cleanText';
import { IssueTracker } from './IssueTracker';
import { contextOf, TicketRow } from './TicketRow';
import { ticketPath } from './ticketPath';

const TIMEOUT_MS = 15_000;

/** More is no answer of a webhook. */
const MAX_ANSWER = 64 * 1024;

const answerSchema = z.object({
  key: z.string().nullish(),
  url: z.string().nullish(),
});

/**
 * Any tracker that takes a signed webhook. It may answer with the key and the
 * address of what it made, or tell them later.
 *
 * @internal
 */
export class WebhookTracker implements IssueTracker {
  readonly kind = 'webhook';
  readonly #baseUrl: string;
  readonly #secret: string;
  readonly #url: string;

  constructor(options: { baseUrl: string; secret: string; url: string }) {
    this.#baseUrl = options.baseUrl;
    this.#secret = options.secret;
    this.#url = options.url;
  }

  async open(row: TicketRow): Promise<{ key?: string; url?: string }> {
    const { aboutRef, ...context } = contextOf(row);
    const body = JSON.stringify({
      reference: row.id,
      title: row.title,
      text: row.body,
      category: row.category,
      createdAt: new Date(Number(row.created_at)).toISOString(),
      createdBy: row.created_by,
      squad: row.owner_ref ?? undefined,
      entityRef: aboutRef,
      ...context,
      url: `${this.#baseUrl}${ticketPath(row.id)}`,
    });
    const signature = createHmac('sha256', this.#secret)
      .update(body)
      .digest('hex');
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          // The same again is the same question
          'idempotency-key': row.id,
          'x-hub-signature-256': `sha256=${signature}`,
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) {
        throw new Error(`it answers ${response.status}`);
      }
      return readAnswer(await response.text());
    } catch (error) {
      throw new ForwardedError('The webhook of the issue tracker', error);
    }
  }
}

function readAnswer(text: string): { key?: string; url?: string } {
  if (text.length > MAX_ANSWER) {
    return {};
  }
  try {
    const { key, url } = answerSchema.parse(JSON.parse(text));
    return {
      key: cleanLine(key, 255)?.toLowerCase(),
      url: cleanUrl(url),
    };
  } catch {
    // It says nothing, as most do
    return {};
  }
}
