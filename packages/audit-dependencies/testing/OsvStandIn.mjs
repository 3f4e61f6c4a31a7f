import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * Answers as api.osv.dev does (https://google.github.io/osv.dev/api/): ids by package
 * and version in pages, and advisories by id. It can be told to be in trouble.
 */
export class OsvStandIn {
  /** Advisories by id. */
  advisories = new Map();
  /** Ids by `ecosystem name version`. */
  known = new Map();
  pageSize = 1;
  requests = [];
  /** Its address, without a slash at the end. */
  url = '';
  /** What the next requests meet instead of an answer. */
  troubles = [];
  #server;

  static async start() {
    const standIn = new OsvStandIn();
    standIn.#server = createServer((request, response) =>
      standIn.#handle(request, response),
    ).listen(0, '127.0.0.1');
    await once(standIn.#server, 'listening');
    standIn.url = `http://127.0.0.1:${standIn.#server.address().port}`;
    return standIn;
  }

  reset() {
    this.advisories.clear();
    this.known.clear();
    this.requests = [];
    this.troubles = [];
    this.pageSize = 1;
  }

  /** Makes an advisory known of a package. */
  tell(key, ...advisories) {
    const ids = advisories.map(({ id }) => id);
    this.known.set(key, [...(this.known.get(key) ?? []), ...ids]);
    for (const advisory of advisories) {
      this.advisories.set(advisory.id, advisory);
    }
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #handle(request, response) {
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    const body = text ? JSON.parse(text) : undefined;
    this.requests.push({ method: request.method, url: request.url, body });
    const trouble = this.troubles.shift();
    if (trouble) {
      trouble(request, response);
      return;
    }
    const answer = (status, value) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (request.method === 'POST' && request.url === '/v1/querybatch') {
      answer(200, { results: body.queries.map(query => this.#page(query)) });
      return;
    }
    const id = /^\/v1\/vulns\/([^/]+)$/.exec(request.url)?.[1];
    const advisory = this.advisories.get(decodeURIComponent(id ?? ''));
    if (advisory) {
      answer(200, advisory);
    } else {
      answer(404, { code: 5, message: 'Bug not found.' });
    }
  }

  #page({ package: { ecosystem, name }, version, page_token: token = '0' }) {
    const ids = this.known.get(`${ecosystem} ${name} ${version}`) ?? [];
    const end = Number(token) + this.pageSize;
    return {
      ...(ids.length > 0 && {
        vulns: ids
          .slice(Number(token), end)
          .map(id => ({ id, modified: '2023-02-27T14:47:14Z' })),
      }),
      ...(end < ids.length && { next_page_token: String(end) }),
    };
  }
}
