import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { componentYaml } from './componentYaml';

type Repository = {
  owner: string;
  name: string;
  branch: string;
  empty: boolean;
  archived: boolean;
  updatedAt: string;
};

/** Takes over a request; true when it has answered. */
type Interceptor = (
  url: URL,
  res: ServerResponse,
) => boolean | Promise<boolean>;

/**
 * Stands for a forge that fails on demand: half-way errors are what a real one
 * cannot be made to produce. Every repository holds one component of its name.
 */
export class ScriptedHost {
  readonly requests: string[] = [];
  readonly repositories = new Map<string, Repository>();
  intercept: Interceptor = () => false;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<ScriptedHost> {
    const server = createServer();
    const host = new ScriptedHost(server);
    server.on('request', (req, res) => {
      host.#answer(req, res).catch(error => {
        res.statusCode = 500;
        res.end(String(error));
      });
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    return host;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get baseUrl(): string {
    return `http://${this.host}/forge`;
  }

  add(name: string, options: Partial<Repository> = {}): void {
    this.repositories.set(name, {
      owner: 'squad',
      name,
      branch: 'main',
      empty: false,
      archived: false,
      updatedAt: '2026-01-01T00:00:00Z',
      ...options,
    });
  }

  url(name: string): string {
    return `${this.baseUrl}/squad/${name}`;
  }

  target(name: string, branch = 'main'): string {
    return `${this.url(name)}/src/branch/${branch}/catalog-info.yaml`;
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', this.baseUrl);
    this.requests.push(url.pathname);
    if (await this.intercept(url, res)) {
      return;
    }
    const [, , , , , owner, name, what] = url.pathname.split('/');
    if (url.pathname === '/forge/api/v1/repos/search') {
      const page = Number(url.searchParams.get('page'));
      const limit = Number(url.searchParams.get('limit'));
      const all = [...this.repositories.values()];
      res.setHeader('x-total-count', String(all.length));
      const data = all.slice((page - 1) * limit, page * limit);
      sendJson(res, { ok: true, data: data.map(toGitea) });
      return;
    }
    const repository = this.repositories.get(name);
    if (!repository || repository.owner !== owner) {
      res.statusCode = 404;
      res.end();
    } else if (!what) {
      sendJson(res, toGitea(repository));
    } else if (url.searchParams.get('ref') === repository.branch) {
      const content = Buffer.from(componentYaml(name));
      sendJson(res, {
        type: 'file',
        size: content.length,
        encoding: 'base64',
        content: content.toString('base64'),
      });
    } else {
      res.statusCode = 404;
      res.end();
    }
  }
}

function sendJson(res: ServerResponse, body: unknown): void {
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify(body));
}

function toGitea(repository: Repository) {
  const { owner, name, branch, empty, archived, updatedAt } = repository;
  return {
    id: 1,
    name,
    full_name: `${owner}/${name}`,
    owner: { login: owner },
    description: '',
    empty,
    archived,
    default_branch: branch,
    updated_at: updatedAt,
  };
}
