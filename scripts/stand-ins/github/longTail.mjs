import { createEmulator } from 'emulate';
import { freePort } from '../../lib/ports.mjs';
import { GithubError } from './http/GithubError.mjs';
import { reply } from './http/reply.mjs';
import { repositoryOf, requireActor } from './routes/locate.mjs';

/**
 * Resources that need no Git and no state in common with the rest: they are
 * left to `emulate`, behind the same address and the same permissions.
 */
const LEFT_TO_EMULATE =
  /^\/repos\/([^/]+)\/([^/]+)\/(issues|labels|milestones|releases|check-runs|check-suites|actions\/(workflows|runs|jobs|artifacts)|commits\/[^/]+\/check-(runs|suites))(\/|$)/;

const HEADERS = ['content-type', 'link', 'location'];

/** The parts of GitHub that `emulate` keeps; it starts when one is asked for. */
export class LongTail {
  #state;
  #starting;
  #mirrored = new WeakSet();

  constructor(state) {
    this.#state = state;
  }

  async stop() {
    const running = await this.#starting;
    await running?.emulator.close();
  }

  /** @returns the answer, or undefined for what is not kept there either */
  async forward(context, path) {
    const match = path.match(LEFT_TO_EMULATE);
    if (!match) {
      return undefined;
    }
    context.params = {
      owner: decodeURIComponent(match[1]),
      repo: decodeURIComponent(match[2]),
    };
    const reads = ['GET', 'HEAD'].includes(context.method);
    const repository = repositoryOf(context, 'pull');
    const actor = reads ? undefined : requireActor(context);
    this.#starting ??= this.#start();
    const { port, tokens } = await this.#starting;
    const token = tokens.get(actor?.login) ?? [...tokens.values()][0];
    await this.#mirror(port, token, repository);
    const response = await this.#call(port, token, {
      path: `${path}${context.url.search}`,
      method: context.method,
      body: reads ? undefined : context.body,
      accept: context.req.headers.accept,
    });
    return this.#translate(response);
  }

  async #start() {
    const { users, organizations, url } = this.#state;
    const people = [...users.values()].filter(({ isBot }) => !isBot);
    const tokens = new Map(
      people.map(({ id, login }) => [login, `internal-${id}`]),
    );
    const seeded = {};
    for (const [login, token] of tokens) {
      seeded[token] = { login, scopes: ['repo', 'admin:org'] };
    }
    const port = await freePort();
    const emulator = await createEmulator({
      service: 'github',
      port,
      baseUrl: url,
      seed: {
        tokens: seeded,
        github: {
          users: people.map(({ login, name, email }) => ({
            login,
            name: name ?? login,
            email: email ?? undefined,
            site_admin: true,
          })),
          orgs: [...organizations.values()].map(({ login }) => ({
            login,
            members: people.map(user => ({ login: user.login, role: 'admin' })),
          })),
        },
      },
    });
    return { emulator, port, tokens };
  }

  async #mirror(port, token, repository) {
    if (this.#mirrored.has(repository)) {
      return;
    }
    this.#mirrored.add(repository);
    const { owner, name, defaultBranch } = repository;
    const path =
      owner.kind === 'Organization'
        ? `/orgs/${owner.login}/repos`
        : '/user/repos';
    const response = await this.#call(port, token, {
      path,
      method: 'POST',
      body: { name, auto_init: true, default_branch: defaultBranch },
    });
    // One of that name may be left from a repository that was deleted
    if (!response.ok && response.status !== 422) {
      throw new GithubError(500, `emulate answered ${response.status}`);
    }
  }

  #call(port, token, { path, method, body, accept }) {
    return fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${token}`,
        accept: accept ?? 'application/json',
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
  }

  /** Addresses get the prefix that the API has on a GitHub Enterprise. */
  async #translate(response) {
    const { url, apiUrl } = this.#state;
    const translate = text =>
      text.replaceAll(`${url}/repos/`, `${apiUrl}/repos/`);
    const headers = {};
    for (const name of HEADERS) {
      const value = response.headers.get(name);
      if (value) {
        headers[name] = translate(value);
      }
    }
    const text = await response.text();
    return reply(response.status, translate(text), headers);
  }
}
