import { setTimeout as sleep } from 'node:timers/promises';
import { reply } from '../http/reply.mjs';

const KINDS = {
  rateLimit: () =>
    reply(
      403,
      {
        message: 'API rate limit exceeded for user ID 1.',
        documentation_url:
          'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
      },
      {
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 60),
      },
    ),
  secondaryRateLimit: () =>
    reply(
      403,
      {
        message:
          'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        documentation_url:
          'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
      },
      { 'retry-after': '1' },
    ),
};

function answerOf({ kind, status, body, headers }) {
  if (kind) {
    return KINDS[kind]();
  }
  return status === undefined
    ? undefined
    : reply(status, body ?? { message: 'Server Error' }, headers);
}

/** Lets chosen requests fail or wait, as an upstream in trouble does. */
export class Faults {
  #list = [];
  #nextId = 1;

  /**
   * @param {{
   *   method?: string,
   *   path?: string,
   *   times?: number,
   *   delayMs?: number,
   *   kind?: 'rateLimit' | 'secondaryRateLimit',
   *   status?: number,
   *   body?: unknown,
   *   headers?: Record<string, string>,
   *   drop?: boolean,
   *   after?: boolean,
   * }} fault `path` is a regular expression; `drop` cuts the connection;
   * `after`: only once the request has had its effect
   */
  add(fault) {
    if (fault.kind && !KINDS[fault.kind]) {
      throw new Error(`There is no fault of the kind ${fault.kind}`);
    }
    const entry = {
      ...fault,
      id: this.#nextId,
      pattern: new RegExp(fault.path ?? ''),
      left: fault.times ?? Number.POSITIVE_INFINITY,
      hits: 0,
    };
    this.#nextId += 1;
    this.#list.push(entry);
    return entry;
  }

  list() {
    // JSON has no word for infinity
    return this.#list.map(fault => ({
      ...fault,
      pattern: undefined,
      left: Number.isFinite(fault.left) ? fault.left : null,
    }));
  }

  remove(id) {
    this.#list = this.#list.filter(fault => fault.id !== id);
  }

  clear() {
    this.#list = [];
  }

  #take({ method, path }, after) {
    const fault = this.#list.find(
      candidate =>
        candidate.left > 0 &&
        Boolean(candidate.after) === after &&
        (!candidate.method || candidate.method === method) &&
        candidate.pattern.test(path),
    );
    if (fault) {
      fault.left -= 1;
      fault.hits += 1;
    }
    return fault;
  }

  /**
   * @returns an answer instead of the real one, `handled` when there is none to
   * give any more, undefined to go on
   */
  async apply(context, { after = false } = {}) {
    const fault = this.#take(context, after);
    if (!fault) {
      return undefined;
    }
    await sleep(fault.delayMs ?? 0);
    if (fault.drop) {
      context.req.socket.destroy();
      return 'handled';
    }
    return answerOf(fault);
  }
}
