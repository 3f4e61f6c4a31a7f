import { createEmulator } from 'emulate';
import { randomUUID } from 'node:crypto';
import { freePort } from '../../lib/ports.mjs';
import { emit } from './hooks/events.mjs';
import { GithubError } from './http/GithubError.mjs';
import { reply } from './http/reply.mjs';
import { repositoryOf, requireActor } from './routes/locate.mjs';

/**
 * Resources that need no Git and no state in common with the rest: they are
 * left to `emulate`, behind the same address and the same permissions.
 */
const LEFT_TO_EMULATE =
  /^\/repos\/([^/]+)\/([^/]+)\/(issues|labels|milestones|releases|actions\/(workflows|runs|jobs|artifacts))(\/|$)/;

const EVENTS = [
  'issue_comment',
  'issues',
  'label',
  'milestone',
  'release',
  'workflow_dispatch',
  'workflow_run',
];

/** Body of the issues that stand for pull requests. */
const PLACEHOLDER = 'The conversation of a pull request';

const HEADERS = ['content-type', 'link', 'location'];

/** The parts of GitHub that `emulate` keeps; it starts when one is asked for. */
export class LongTail {
  #state;
  #starting;
  /** Repository → its mirror there, which may be under way. */
  #mirrors = new WeakMap();
  /** Part of the address that `emulate` tells its events to. */
  #ticket = randomUUID();

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
    await this.#mirrorOf(repository);
    const response = await this.#call({
      login: actor?.login,
      path: `${path}${context.url.search}`,
      method: context.method,
      body: reads ? undefined : context.body,
      accept: context.req.headers.accept,
    });
    if (!reads) {
      await this.#updatePull(repository, path);
    }
    return this.#translate(response);
  }

  /**
   * The number of a new pull request: issues count along with it, and it has
   * an issue of its own there for labels, assignees and comments.
   */
  async takeNumber(repository, title) {
    if (!this.#mirrors.has(repository)) {
      return repository.pulls.length + 1;
    }
    await this.#mirrorOf(repository);
    return this.#addPlaceholder(repository, title);
  }

  /** Starts anew under another name; what was there is lost. */
  renamed(repository) {
    this.#mirrors.delete(repository);
  }

  /** A webhook of `emulate`, told on to those of the stand-in. */
  receive({ ticket, event, payload }) {
    const repository = this.#state.repositories.get(
      payload.repository?.full_name ?? '',
    );
    const opensPull = event === 'issues' && payload.issue?.body === PLACEHOLDER;
    if (ticket !== this.#ticket || !repository || opensPull) {
      return;
    }
    const { action, sender, ...rest } = JSON.parse(
      this.#withApiPrefix(JSON.stringify(payload)),
    );
    // The repository is told as the stand-in knows it
    delete rest.repository;
    emit(this.#state, {
      event,
      action,
      repository,
      actor: this.#state.users.get(sender?.login ?? ''),
      payload: rest,
    });
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

  #mirrorOf(repository) {
    if (!this.#mirrors.has(repository)) {
      this.#mirrors.set(repository, this.#mirror(repository));
    }
    return this.#mirrors.get(repository);
  }

  async #mirror(repository) {
    const { owner, name, fullName } = repository;
    const path =
      owner.kind === 'Organization'
        ? `/orgs/${owner.login}/repos`
        : '/user/repos';
    await this.#call({ path: `/repos/${fullName}`, method: 'DELETE' });
    const created = await this.#call({
      path,
      method: 'POST',
      body: { name, auto_init: true },
    });
    if (!created.ok) {
      throw new GithubError(500, `emulate answered ${created.status}`);
    }
    await this.#call({
      path: `/repos/${fullName}/hooks`,
      method: 'POST',
      body: {
        config: {
          url: `${this.#state.url}/_control/emulate/${this.#ticket}`,
          content_type: 'json',
        },
        events: EVENTS,
      },
    });
    for (const { title } of repository.pulls) {
      await this.#addPlaceholder(repository, title);
    }
  }

  async #addPlaceholder(repository, title) {
    const response = await this.#call({
      path: `/repos/${repository.fullName}/issues`,
      method: 'POST',
      body: { title, body: PLACEHOLDER },
    });
    return (await response.json()).number;
  }

  /** Labels and assignees of a pull request are those of its issue. */
  async #updatePull(repository, path) {
    const number = Number(path.match(/\/issues\/(\d+)/)?.[1]);
    const pull = repository.pulls.find(other => other.number === number);
    if (pull) {
      const response = await this.#call({
        path: `/repos/${repository.fullName}/issues/${number}`,
      });
      const { labels, assignees } = await response.json();
      pull.labels = labels.map(({ name }) => name);
      pull.assignees = assignees
        .map(({ login }) => this.#state.users.get(login))
        .filter(Boolean);
    }
  }

  async #call({ login, path, method = 'GET', body, accept }) {
    this.#starting ??= this.#start();
    const { port, tokens } = await this.#starting;
    const token = tokens.get(login) ?? [...tokens.values()][0];
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

  #withApiPrefix(text) {
    const { url, apiUrl } = this.#state;
    return text.replaceAll(`${url}/repos/`, `${apiUrl}/repos/`);
  }

  /** Addresses get the prefix that the API has on a GitHub Enterprise. */
  async #translate(response) {
    const headers = {};
    for (const name of HEADERS) {
      const value = response.headers.get(name);
      if (value) {
        headers[name] = this.#withApiPrefix(value);
      }
    }
    const text = await response.text();
    return reply(response.status, this.#withApiPrefix(text), headers);
  }
}
